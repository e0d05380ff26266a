using System.CommandLine;
using System.Globalization;
using EdgeAgent.Backup;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent restore</c>: puts back what <c>edgeagent backup</c> saved.</summary>
internal static class RestoreCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The backup." };
        Option<string> to = new("--to") { Description = "Directory for the configuration; data goes where the configuration says, relative to it.", Required = true };
        Option<string?> passphraseFile = Passphrase.FileOption();
        Command command = new("restore", "Put a backup in place on a machine that has none of it. The old machine must not run any more.") { file, to, passphraseFile };
        command.SetAction(parsed =>
        {
            try
            {
                BackupRestore.Outcome outcome = new BackupRestore(context.Time).Restore(
                    parsed.GetRequiredValue(file), Passphrase.Read(parsed.GetValue(passphraseFile)), parsed.GetRequiredValue(to));
                Write(context, outcome);
                return ExitCodes.Done;
            }
            catch (BackupException problem)
            {
                throw CommandFailure.Failed(problem.Message, problem);
            }
        });
        return command;
    }

    private static void Write(CommandContext context, BackupRestore.Outcome outcome)
    {
        BackupManifest manifest = outcome.Manifest;
        context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Restored {manifest.Files.Count} files of {manifest.CreatedAt:yyyy-MM-dd HH:mm:ss}Z; start with: edgeagent run --config {outcome.ConfigFile}"));
        foreach (string kept in outcome.Kept)
        {
            context.Error.WriteLine($"{kept} was there already and was left as it is.");
        }

        if (outcome.NextSequence is { } next)
        {
            context.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The agent goes on with batch {next}: the numbers before it may have been used since the backup. What it lost with the old machine counts as missed."));
        }

        if (manifest.Hub)
        {
            context.Error.WriteLine(
                "Agents have deleted what the old hub acknowledged after the backup; if it did, those batches are missing here, and the chain shows where.");
        }
    }
}
