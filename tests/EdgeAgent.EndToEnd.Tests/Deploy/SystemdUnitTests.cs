using System.Globalization;
using System.Text.RegularExpressions;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Deploy;

/// <summary>What systemd itself says of the unit, without running it.</summary>
public sealed partial class SystemdUnitTests
{
    private static string Unit => RepositoryRoot.Combine("deploy", "systemd", "edgeagent.service");

    [PartnerFact("systemd-analyze")]
    public async Task Systemd_finds_nothing_wrong_and_rates_the_sandbox_as_tight()
    {
        using var directory = new TempDirectory();
        string copy = directory.File("edgeagent.service");
        // The program is not installed where the unit expects it.
        await File.WriteAllTextAsync(copy, (await File.ReadAllTextAsync(Unit)).Replace("/opt/edgeagent/edgeagent", "/bin/true", StringComparison.Ordinal));
        Assert.Equal("", (await ShellRun.GoodAsync($"systemd-analyze verify '{copy}' 2>&1")).Trim());

        string rated = await ShellRun.GoodAsync($"systemd-analyze security --no-pager --offline=true '{copy}' 2>&1");
        Match exposure = Exposure().Match(rated);
        Assert.True(exposure.Success, rated);
        Assert.True(double.Parse(exposure.Groups[1].Value, CultureInfo.InvariantCulture) <= 2.0, exposure.Value);
    }

    [Fact]
    public void It_leaves_the_program_more_time_to_stop_than_it_needs_and_restarts_it_for_ever()
    {
        string[] lines = File.ReadAllLines(Unit);
        Assert.Contains("Type=notify", lines);
        Assert.Contains("Restart=always", lines);
        Assert.Contains("StartLimitIntervalSec=0", lines);
        Assert.Contains("ProtectSystem=strict", lines);
        Assert.Contains("SupplementaryGroups=dialout", lines);
        Assert.True(SecondsOf(lines, "TimeoutStopSec") >= 10, "the program promises 5 s");
        Assert.True(SecondsOf(lines, "WatchdogSec") >= 30);
    }

    private static int SecondsOf(string[] lines, string name) =>
        int.Parse(lines.Single(line => line.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..], CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Overall exposure level for \S+: ([0-9.]+)")]
    private static partial Regex Exposure();
}
