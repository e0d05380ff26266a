using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Ingest;

/// <summary>A mosquitto without persistence in its own process: killed, it forgets what it had queued.</summary>
internal sealed class MosquittoServer : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private PartnerProcess? _process;

    public int Port { get; } = FreePort.Tcp();

    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(
            _directory.File("mosquitto.conf"), $"listener {Port} 127.0.0.1\nallow_anonymous true\npersistence false\nmax_queued_messages 0\n");
        _process = PartnerProcess.Start("mosquitto", ["-c", _directory.File("mosquitto.conf")]);
        await Eventually.PortOpenAsync(Port);
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        await _process.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _directory.Dispose();
    }
}
