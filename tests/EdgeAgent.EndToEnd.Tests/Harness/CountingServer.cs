using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Harness;

/// <summary>A pymodbus server in its own process whose registers count how often they were read (tests/partners/counting_server.py).</summary>
internal sealed class CountingServer : IAsyncDisposable
{
    private readonly int _units;
    private readonly int _registers;
    private PartnerProcess _process;

    private CountingServer(int port, int units, int registers, PartnerProcess process)
    {
        Port = port;
        _units = units;
        _registers = registers;
        _process = process;
    }

    public int Port { get; }

    public static async Task<CountingServer> StartAsync(int units, int registers = 100)
    {
        int port = FreePort.Tcp();
        var server = new CountingServer(port, units, registers, Launch(port, units, registers));
        await server.ReadyAsync();
        return server;
    }

    public void Freeze() => _process.Freeze();

    public void Thaw() => _process.Thaw();

    public ValueTask KillAsync() => _process.DisposeAsync();

    /// <summary>Starts it again on the same port; its counters begin at 1 again.</summary>
    public Task RestartAsync()
    {
        _process = Launch(Port, _units, _registers);
        return ReadyAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static PartnerProcess Launch(int port, int units, int registers) => PartnerProcess.Start(
        Partners.Python,
        [RepositoryRoot.Combine("tests", "partners", "counting_server.py"), $"{port}", $"{units}", $"{registers}"]);

    private async Task ReadyAsync()
    {
        await _process.WaitForLineAsync("listening");
        await Eventually.PortOpenAsync(Port);
    }
}
