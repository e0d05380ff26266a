using System.CommandLine;

namespace EdgeAgent.Commands;

/// <summary>Where verbs take a passphrase from: a file or the environment, never the command line, which other users can see.</summary>
internal static class Passphrase
{
    private const string Variable = "EDGEAGENT_BACKUP_PASSPHRASE";
    private const int LengthLeast = 12;

    public static Option<string?> FileOption() =>
        new("--passphrase-file") { Description = $"File whose first line is the passphrase; without it the environment's {Variable}, and without that none." };

    /// <exception cref="CommandFailure">The file cannot be read, or the passphrase is too short to protect a key.</exception>
    public static string? Read(string? file)
    {
        try
        {
            string? text = file is null ? Environment.GetEnvironmentVariable(Variable) : File.ReadLines(file).FirstOrDefault() ?? "";
            return text is null or { Length: >= LengthLeast }
                ? text
                : throw CommandFailure.BadUsage($"The passphrase has {text.Length} characters; at least {LengthLeast} are needed.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.BadUsage($"The passphrase file {file} cannot be read: {problem.Message}");
        }
    }
}
