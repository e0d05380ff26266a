using System.Net;
using System.Net.Sockets;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.Simulation.OpcUa;
using EdgeAgent.Web;

namespace EdgeAgent.Simulation;

/// <summary>The servers of a simulation, listening.</summary>
internal sealed class SimulatedPlant : IAsyncDisposable
{
    private readonly List<ModbusTcpServer> _servers = [];
    private readonly List<SimulatedOpcUaServer> _opcUaServers = [];

    private SimulatedPlant()
    {
    }

    /// <summary>Where each endpoint listens, by its name.</summary>
    public Dictionary<string, IPEndPoint> Endpoints { get; } = [];

    /// <exception cref="SocketException">A port is taken; nothing is left listening.</exception>
    public static async Task<SimulatedPlant> StartAsync(SimulationConfig config, TimeProvider time)
    {
        SimulatedPlant plant = new();
        try
        {
            foreach (SimulatedEndpointConfig endpoint in config.Endpoints)
            {
                plant.Start(endpoint, time);
            }

            foreach (SimulatedOpcUaConfig opcUa in config.OpcUa)
            {
                SimulatedOpcUaServer server = await SimulatedOpcUaServer.StartAsync(opcUa, time);
                plant._opcUaServers.Add(server);
                plant.Endpoints[opcUa.Name] = new IPEndPoint(server.Address, server.Server.Port);
            }

            return plant;
        }
        catch
        {
            await plant.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ModbusTcpServer server in _servers)
        {
            await server.DisposeAsync();
        }

        foreach (SimulatedOpcUaServer server in _opcUaServers)
        {
            await server.DisposeAsync();
        }
    }

    private void Start(SimulatedEndpointConfig endpoint, TimeProvider time)
    {
        if (!ListenAddress.TryParse(endpoint.Listen, out IPEndPoint listen))
        {
            throw new ArgumentException($"'{endpoint.Listen}' was not checked.", nameof(endpoint));
        }

        ModbusTcpServer server = new(new ModbusServerOptions { Address = listen.Address, Port = listen.Port }, time);
        foreach (SimulatedUnitConfig unit in endpoint.Units.Where(unit => !unit.Silent))
        {
            server.Units[unit.UnitId] = MachineProfile.Find(unit.Machine) is { } profile
                ? new MachineUnit(new SimulatedMachine(profile, unit.Seed), time)
                : new CounterUnit(unit.Registers ?? 1000, time);
        }

        _servers.Add(server);
        server.Start();
        Endpoints[endpoint.Name] = new IPEndPoint(listen.Address, server.Port);
    }
}
