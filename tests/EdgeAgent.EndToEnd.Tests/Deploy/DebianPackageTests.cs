using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Deploy;

/// <summary>The Debian package, by dpkg itself in a root of its own: the machine's package list is not touched.</summary>
[Collection(DeployTests.Name)]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class DebianPackageTests(PublishedProgram published) : IDisposable
{
    private readonly InstalledRoot _root = new();

    public void Dispose() => _root.Dispose();

    [PartnerFact("dpkg")]
    public async Task It_is_installed_started_upgraded_stopped_removed_and_purged()
    {
        string first = await PackageAsync("1.0.0");
        string second = await PackageAsync("1.1.0");
        Assert.Contains("aspnetcore-runtime-10.0", await ShellRun.GoodAsync($"dpkg-deb --field '{first}' Depends"), StringComparison.Ordinal);
        string content = await ShellRun.GoodAsync($"dpkg-deb --contents '{first}'");
        Assert.Contains("./lib/systemd/system/edgeagent.service", content, StringComparison.Ordinal);
        Assert.DoesNotContain(".pdb", content, StringComparison.Ordinal);
        Assert.DoesNotContain("runtimes/win", content, StringComparison.Ordinal);
        Assert.All(content.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains("root/root", line, StringComparison.Ordinal));

        await ShellRun.GoodAsync($"mkdir -p '{_root.In("/var/lib/dpkg/updates")}' '{_root.In("/var/lib/dpkg/info")}' '{_root.In("/etc/edgeagent")}' && : > '{_root.In("/var/lib/dpkg/status")}' && : > '{_root.In("/var/lib/dpkg/available")}'");
        File.Copy(_root.ConfigSource, _root.In("/etc/edgeagent/edgeagent.json"));
        await DpkgAsync($"-i '{first}'");
        await Eventually.TrueAsync(_root.AnswersAsync, "the installed service answers\n" + _root.Log);
        int before = _root.RunningPid;
        string data = _root.In("/var/lib/edgeagent/hub/agents.db");

        await DpkgAsync($"-i '{second}'");
        await Eventually.TrueAsync(_root.AnswersAsync, "the upgraded service answers\n" + _root.Log);
        Assert.NotEqual(before, _root.RunningPid);
        Assert.Contains("1.1.0", await ShellRun.GoodAsync($"dpkg-query --admindir='{_root.In("/var/lib/dpkg")}' -W edgeagent"), StringComparison.Ordinal);
        Assert.True(File.Exists(data));

        await DpkgAsync("-r edgeagent");
        Assert.False(await _root.AnswersAsync());
        Assert.False(File.Exists(_root.In("/opt/edgeagent/edgeagent")));
        Assert.True(File.Exists(data) && File.Exists(_root.In("/etc/edgeagent/edgeagent.json")));
        await DpkgAsync("-P edgeagent");
        Assert.False(Directory.Exists(_root.In("/var/lib/edgeagent")) || Directory.Exists(_root.In("/etc/edgeagent")));
    }

    [PartnerFact("dpkg")]
    public async Task The_offline_bundle_has_everything_and_its_checksums_hold()
    {
        string output = _root.Other("bundle");
        string file = (await ShellRun.GoodAsync($"'{PublishedProgram.DeployFolder}/bundle.sh' '{published.Path}' '{output}'")).Trim();
        await ShellRun.GoodAsync($"cd '{output}' && sha256sum -c *.sha256 && tar -xzf '{file}' && cd edgeagent-*-amd64 && sha256sum --quiet -c SHA256SUMS");
        string bundle = Directory.GetDirectories(output).Single();
        Assert.All(
            (string[])["program/edgeagent", "deploy/install.sh", "deploy/systemd/edgeagent.service", "configs/agent.json", "configs/templates/README.md", "README.md", "README.zh-CN.md", "src/ARCHITECTURE.md"],
            path => Assert.True(File.Exists(Path.Combine(bundle, path)), path));
        Assert.Single(Directory.GetFiles(Path.Combine(bundle, "packages"), "edgeagent_*_amd64.deb"));

        // As on the machine: nothing but what was unpacked.
        await ShellRun.GoodAsync($"'{bundle}/deploy/install.sh' install --root '{_root.Path}'");
        Assert.True(File.Exists(_root.In("/opt/edgeagent/edgeagent")));
    }

    private async Task<string> PackageAsync(string version) =>
        (await ShellRun.GoodAsync($"'{PublishedProgram.DeployFolder}/package-deb.sh' '{published.Path}' '{_root.Other("packages")}' amd64 {version}")).Trim();

    private Task<string> DpkgAsync(string what) => ShellRun.GoodAsync(
        $"dpkg --root='{_root.Path}' --log='{_root.Other("dpkg.log")}' --force-script-chrootless --force-depends --force-not-root --force-unsafe-io {what}",
        new Dictionary<string, string> { ["EDGEAGENT_SYSTEMCTL"] = _root.Systemctl });
}
