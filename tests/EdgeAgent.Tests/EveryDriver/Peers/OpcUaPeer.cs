using EdgeAgent.Simulation.OpcUa;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.EveryDriver.Peers;

/// <summary>An OPC UA server behind a link that a test damages, freezes and cuts.</summary>
internal sealed class OpcUaPeer : Peer
{
    private SimulatedOpcUaServer _server = null!;
    private TcpProxy _way = null!;

    public override async Task StartAsync(int brokerPort)
    {
        _server = await SimulatedOpcUaServer.StartAsync(
            new SimulatedOpcUaConfig { Name = "plant", Listen = "127.0.0.1:0", Security = ["none"], Machines = [new SimulatedOpcUaMachineConfig { Name = "press-1", Machine = "press", Seed = 3 }] }, TimeProvider.System);
        _way = new TcpProxy(_server.Server.Port);
        Settings = $$"""{"endpoints":["opc.tcp://127.0.0.1:{{_way.Port}}"],"securityMode":"none","namespaces":{"p":"{{OpcUaPlant.PlantUri}}"} }""";
    }

    public override Task BecomeAsync(Mood mood)
    {
        // Nothing guards the bytes of an unsecured connection but their frames, so a lie is a frame that is none.
        _way.Edit = mood == Mood.Lies ? static (bytes, direction) => direction == ProxyDirection.ToClient ? (byte[])[.. "LIE"u8, .. bytes.Span[Math.Min(3, bytes.Length)..]] : bytes : null;
        _way.Refuse = mood == Mood.Vanished;
        if (mood == Mood.Stalls)
        {
            _way.Freeze();
        }
        else
        {
            _way.Thaw();
        }

        if (mood == Mood.Vanished)
        {
            _way.Cut();
        }

        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await _way.DisposeAsync();
        await _server.DisposeAsync();
    }
}
