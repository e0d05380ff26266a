using System.Globalization;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Deploy;

/// <summary>A directory in the place of a machine's root, with a stand-in for systemctl that really starts and stops what is installed in it.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed class InstalledRoot : IDisposable
{
    private readonly TempDirectory _directory = new();

    public InstalledRoot()
    {
        Directory.CreateDirectory(Path);
        WebPort = FreePort.Tcp();
        File.WriteAllText(Systemctl, $$"""
            #!/bin/sh
            # The unit's own command, in the root: what systemd would run, without its sandbox.
            root='{{Path}}'; pid='{{PidFile}}'; echo "$*" >> '{{CallsFile}}'
            stop() { if [ -f "$pid" ]; then kill -TERM "$(cat "$pid")" 2>/dev/null || true; while kill -0 "$(cat "$pid")" 2>/dev/null; do sleep 0.05; done; rm -f "$pid"; fi; }
            start() {
              unit=$root/etc/systemd/system/edgeagent.service; [ -f "$unit" ] || unit=$root/lib/systemd/system/edgeagent.service
              command=$(sed -n 's/^ExecStart=//p' "$unit" | sed "s| /| $root/|g; s|^/|$root/|")
              (cd "$root/var/lib/edgeagent" && exec setsid $command >> '{{LogFile}}' 2>&1) & echo $! > "$pid"; sleep 0.3
            }
            case $* in
              restart*) stop; start ;;
              start*) start ;;
              stop*|*--now*) stop ;;
              is-active*) [ -f "$pid" ] && kill -0 "$(cat "$pid")" 2>/dev/null && [ "$(cut -d' ' -f3 "/proc/$(cat "$pid")/stat")" != Z ] ;;
            esac
            """);
        File.SetUnixFileMode(Systemctl, (UnixFileMode)0b111_101_101);
        File.WriteAllText(ConfigSource, $$"""
            { "site": "s", "web": { "listen": "127.0.0.1:{{WebPort}}" }, "broker": { "listen": "127.0.0.1:0" },
              "hub": { "dataDirectory": "{{Path}}/var/lib/edgeagent/hub", "store": { "path": "{{Path}}/var/lib/edgeagent/hub/store" } } }
            """);
    }

    public string Path => _directory.File("root");

    public string Systemctl => _directory.File("systemctl");

    public string ConfigSource => _directory.File("my.json");

    public int WebPort { get; }

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string PidFile => _directory.File("pid");

    private string CallsFile => _directory.File("calls");

    private string LogFile => _directory.File("log");

    public string Other(string name) => _directory.File(name);

    public string In(string path) => Path + path;

    public async Task<bool> AnswersAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            return (await http.GetAsync($"http://127.0.0.1:{WebPort}/health/live")).IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>0 when nothing runs.</summary>
    public int RunningPid => File.Exists(PidFile) ? int.Parse(File.ReadAllText(PidFile).Trim(), CultureInfo.InvariantCulture) : 0;

    public void Dispose()
    {
        if (RunningPid is var pid and > 0)
        {
            try
            {
                using var process = System.Diagnostics.Process.GetProcessById(pid);
                process.Kill();
                process.WaitForExit();
            }
            catch (ArgumentException)
            {
                // It ended by itself.
            }
        }

        _directory.Dispose();
    }
}
