using EdgeAgent.TestKit;

namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>A press on Modbus TCP, unit 1, from `edgeagent simulate`.</summary>
internal sealed class SimulatedPress : IAsyncDisposable
{
    private readonly TempDirectory _directory;
    private readonly PartnerProcess _process;

    private SimulatedPress(TempDirectory directory, PartnerProcess process, int port)
    {
        (_directory, _process) = (directory, process);
        Port = port;
    }

    public int Port { get; }

    public static async Task<SimulatedPress> StartAsync()
    {
        TempDirectory directory = new();
        int port = FreePort.Tcp();
        await File.WriteAllTextAsync(
            directory.File("machines.json"),
            $$"""{ "endpoints": [ { "name": "line-1", "listen": "127.0.0.1:{{port}}", "units": [ { "unitId": 1, "machine": "press", "seed": 2 } ] } ] }""");
        PartnerProcess process = BuiltProgram.Start(directory.Path, "simulate", "machines.json");
        await Eventually.PortOpenAsync(port);
        return new SimulatedPress(directory, process, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _directory.Dispose();
    }
}
