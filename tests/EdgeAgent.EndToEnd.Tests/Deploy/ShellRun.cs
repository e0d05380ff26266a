using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Deploy;

/// <summary>One command of the shell with its exit code and everything it printed.</summary>
internal sealed record ShellRun(int ExitCode, string Output)
{
    public static async Task<ShellRun> OfAsync(string command, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using PartnerProcess shell = PartnerProcess.Start("/bin/sh", ["-c", command], environment: environment);
        await shell.WaitForExitAsync(TimeSpan.FromMinutes(5));
        return new ShellRun(shell.ExitCode, shell.Output);
    }

    public static async Task<string> GoodAsync(string command, IReadOnlyDictionary<string, string>? environment = null)
    {
        ShellRun run = await OfAsync(command, environment);
        Assert.True(run.ExitCode == 0, $"{command}\nexit code {run.ExitCode}\n{run.Output}");
        return run.Output;
    }
}
