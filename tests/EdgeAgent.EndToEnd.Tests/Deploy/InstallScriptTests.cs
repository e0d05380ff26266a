using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Deploy;

/// <summary><c>deploy/install.sh</c> from first installation to removal, in a root of its own.</summary>
[Collection(DeployTests.Name)]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class InstallScriptTests(PublishedProgram published) : IDisposable
{
    private readonly InstalledRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task It_installs_upgrades_and_removes_and_keeps_configuration_and_data()
    {
        string said = await InstallAsync("install", $"--from '{published.Path}' --config '{_root.ConfigSource}'");
        Assert.Contains("installed", said, StringComparison.Ordinal);
        Assert.True(await _root.AnswersAsync(), _root.Log);
        int first = _root.RunningPid;
        string marker = _root.In("/var/lib/edgeagent/hub/agents.db");
        Assert.True(File.Exists(marker), "the service has made its data");

        string newer = await CopyAsync("newer");
        await File.WriteAllTextAsync(Path.Combine(newer, "new-in-this-version"), "");
        await InstallAsync("upgrade", $"--from '{newer}'");
        Assert.True(File.Exists(_root.In("/opt/edgeagent/new-in-this-version")));
        Assert.False(Directory.Exists(_root.In("/opt/edgeagent.previous")));
        Assert.NotEqual(first, _root.RunningPid);
        Assert.True(await _root.AnswersAsync(), _root.Log);
        Assert.True(File.Exists(marker));

        await InstallAsync("remove", "");
        Assert.False(await _root.AnswersAsync());
        Assert.False(Directory.Exists(_root.In("/opt/edgeagent")));
        Assert.True(File.Exists(marker) && File.Exists(_root.In("/etc/edgeagent/edgeagent.json")));
        await InstallAsync("purge", "");
        Assert.Equal([], Directory.EnumerateFiles(_root.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_new_program_that_is_not_well_makes_room_for_the_old_one()
    {
        await InstallAsync("install", $"--from '{published.Path}' --config '{_root.ConfigSource}'");
        string bad = await CopyAsync("bad");
        await File.WriteAllTextAsync(Path.Combine(bad, "edgeagent"), "#!/bin/sh\ncase $1 in --version) echo 9.9.9 ;; check) exit 0 ;; *) exit 1 ;; esac\n");
        ShellRun upgrade = await RunAsync("upgrade", $"--from '{bad}' --within 2");
        Assert.True(upgrade.ExitCode == 1 && upgrade.Output.Contains("went back to", StringComparison.Ordinal), upgrade.Output);
        Assert.True(await _root.AnswersAsync(), _root.Log);
        Assert.False(File.ReadAllText(_root.In("/opt/edgeagent/edgeagent")).StartsWith("#!", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_work_changes_nothing()
    {
        Assert.Contains("no published program", (await RunAsync("install", "--from /nowhere")).Output, StringComparison.Ordinal);
        Assert.Contains("nothing is installed", (await RunAsync("upgrade", $"--from '{published.Path}'")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("explode", "")).ExitCode);
        await InstallAsync("install", $"--from '{published.Path}'");
        Assert.Equal(0, _root.RunningPid); // No configuration: nothing is started.
        ShellRun again = await RunAsync("install", $"--from '{published.Path}'");
        Assert.Contains("already", again.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_root.In("/etc/edgeagent/edgeagent.json"), """{ "site": "s", "wrong": 1 }""");
        ShellRun upgrade = await RunAsync("upgrade", $"--from '{published.Path}'");
        Assert.True(upgrade.ExitCode == 1 && upgrade.Output.Contains("nothing was changed", StringComparison.Ordinal), upgrade.Output);
    }

    private async Task<string> CopyAsync(string name)
    {
        await ShellRun.GoodAsync($"cp -R '{published.Path}' '{_root.Other(name)}'");
        return _root.Other(name);
    }

    private async Task<string> InstallAsync(string verb, string options)
    {
        ShellRun run = await RunAsync(verb, options);
        Assert.True(run.ExitCode == 0, $"{verb}: {run.Output}\n{_root.Log}");
        return run.Output;
    }

    private Task<ShellRun> RunAsync(string verb, string options) => ShellRun.OfAsync(
        $"'{PublishedProgram.DeployFolder}/install.sh' {verb} {options} {(verb == "explode" ? "" : $"--root '{_root.Path}'")}",
        new Dictionary<string, string> { ["SYSTEMCTL"] = _root.Systemctl });
}
