using System.Diagnostics;
using System.Text;

namespace EdgeAgent.Assessment.Reports.Pdf;

/// <summary>Finds and runs the programs of others that make and read PDF files.</summary>
internal static class ProgramPath
{
    public static string? Find(string name)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }

    /// <returns>The exit code and everything that it wrote.</returns>
    /// <exception cref="IOException">It did not end in time.</exception>
    public static async Task<(int Code, string Output)> RunAsync(string path, IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(path, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start) ?? throw new IOException($"{path} cannot be started.");
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation), errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation).WaitAsync(limit, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            process.Kill(entireProcessTree: true);
            throw new IOException($"{path} did not end within {limit.TotalSeconds:0} s.", e);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output.ConfigureAwait(false) + await errors.ConfigureAwait(false));
    }
}
