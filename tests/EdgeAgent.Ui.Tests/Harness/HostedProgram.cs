using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.Web.Pages;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>The program within the test's process, for what a process of its own cannot be given: another clock.</summary>
internal sealed class HostedProgram : IAsyncDisposable
{
    private static readonly Lazy<bool> Pages = new(LinkPages);

    private readonly EdgeHost _host;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private HostedProgram(EdgeHost host)
    {
        _host = host;
        _running = host.RunAsync(_stop.Token);
    }

    public static async Task<HostedProgram> StartAsync(string configFile, TimeProvider time)
    {
        Assert.True(Pages.Value);
        LoadedConfig loaded = ConfigLoading.Load(configFile);
        Assert.Empty(loaded.Errors);
        HostedProgram program = new(EdgeHost.Build(loaded, new EdgeHostOptions(time, LevelLeast: LogLevel.Critical)));
        await program._host.Roles.Started.WaitAsync(TimeSpan.FromSeconds(60));
        return program;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _host.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>Pages lie beside the program, which is this test here: it uses those of the built program.</summary>
    private static bool LinkPages()
    {
        string built = Path.Combine(Path.GetDirectoryName(BuiltProgram.Path)!, "wwwroot");
        if (!Directory.Exists(PageFiles.Folder))
        {
            Directory.CreateSymbolicLink(PageFiles.Folder, built);
        }

        return Directory.Exists(PageFiles.Folder);
    }
}
