using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Harness;

/// <summary>A mosquitto broker in its own process, without persistence: what it had queued is gone when it is killed.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly TempDirectory _directory;
    private PartnerProcess? _process;

    private Mosquitto(TempDirectory directory, int port)
    {
        _directory = directory;
        Port = port;
    }

    public int Port { get; }

    public static async Task<Mosquitto> StartAsync()
    {
        var directory = new TempDirectory();
        int port = FreePort.Tcp();
        await File.WriteAllTextAsync(
            directory.File("mosquitto.conf"),
            $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nmax_queued_messages 0\nset_tcp_nodelay true\n");
        var broker = new Mosquitto(directory, port);
        await broker.RestartAsync();
        return broker;
    }

    public async Task RestartAsync()
    {
        _process = PartnerProcess.Start("mosquitto", ["-c", _directory.File("mosquitto.conf")]);
        await Eventually.PortOpenAsync(Port);
    }

    /// <summary>SIGTERM, as an administrator stops it.</summary>
    public async Task StopAsync()
    {
        _process!.Terminate();
        await _process.WaitForExitAsync();
        await _process.DisposeAsync();
    }

    /// <summary>SIGKILL: sessions, queues and retained messages are gone.</summary>
    public ValueTask KillAsync() => _process!.DisposeAsync();

    public void Freeze() => _process!.Freeze();

    public void Thaw() => _process!.Thaw();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _directory.Dispose();
    }
}
