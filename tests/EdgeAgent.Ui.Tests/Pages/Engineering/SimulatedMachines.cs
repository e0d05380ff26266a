using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;

namespace EdgeAgent.Ui.Tests.Pages.Engineering;

/// <summary>Machines of `edgeagent simulate` on one port, as a separate process.</summary>
internal sealed class SimulatedMachines : IAsyncDisposable
{
    private readonly TempDirectory _directory;
    private readonly PartnerProcess _process;

    private SimulatedMachines(TempDirectory directory, PartnerProcess process, int port) => (_directory, _process, Port) = (directory, process, port);

    public int Port { get; }

    /// <summary>Presses on Modbus TCP.</summary>
    public static Task<SimulatedMachines> ModbusAsync(params int[] units)
    {
        string list = string.Join(", ", units.Select(unit => $$"""{ "unitId": {{unit}}, "machine": "press", "seed": {{unit + 1}} }"""));
        return StartAsync(port => $$"""{ "endpoints": [ { "name": "line", "listen": "127.0.0.1:{{port}}", "units": [ {{list}} ] } ] }""");
    }

    /// <summary>A press on OPC UA.</summary>
    /// <param name="security">none or basic256sha256.</param>
    public static Task<SimulatedMachines> OpcUaAsync(string security) => StartAsync(port =>
        $$"""{ "opcUa": [ { "name": "cell", "listen": "127.0.0.1:{{port}}", "security": [ "{{security}}" ], "machines": [ { "name": "press-1", "machine": "press", "seed": 3 } ] } ] }""");

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _directory.Dispose();
    }

    private static async Task<SimulatedMachines> StartAsync(Func<int, string> plant)
    {
        TempDirectory directory = new();
        int port = FreePort.Tcp();
        await File.WriteAllTextAsync(directory.File("machines.json"), plant(port));
        PartnerProcess process = BuiltProgram.Start(directory.Path, "simulate", "machines.json");
        await Eventually.PortOpenAsync(port);
        return new SimulatedMachines(directory, process, port);
    }
}
