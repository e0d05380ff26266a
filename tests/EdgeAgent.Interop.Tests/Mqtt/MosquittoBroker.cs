using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Mqtt;

/// <summary>A mosquitto of one test, on a port that stays the same when it is killed and started again.</summary>
internal sealed class MosquittoBroker : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string[] _settings;

    private MosquittoBroker(string[] settings) => _settings = settings;

    public int Port { get; } = FreePort.Tcp();

    public PartnerProcess Process { get; private set; } = null!;

    public static async Task<MosquittoBroker> StartAsync(params string[] settings)
    {
        var broker = new MosquittoBroker(settings.Length > 0 ? settings : ["allow_anonymous true"]);
        await broker.RestartAsync();
        return broker;
    }

    public async Task RestartAsync()
    {
        string file = _directory.File("mosquitto.conf");
        await File.WriteAllLinesAsync(file, [$"listener {Port} 127.0.0.1", "user root", .. _settings]);
        Process = PartnerProcess.Start("mosquitto", ["-c", file]);
        await Eventually.PortOpenAsync(Port);
    }

    public async Task KillAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync();
        await Process.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _directory.Dispose();
    }
}
