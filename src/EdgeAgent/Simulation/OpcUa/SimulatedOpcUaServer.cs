using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Server;
using EdgeAgent.Web;

namespace EdgeAgent.Simulation.OpcUa;

/// <summary>A simulated OPC UA server with its certificate and the faults on its schedule.</summary>
internal sealed class SimulatedOpcUaServer : IAsyncDisposable
{
    private readonly X509Certificate2? _certificate;
    private readonly FaultSchedule _faults;

    private SimulatedOpcUaServer(OpcUaServer server, IPAddress address, X509Certificate2? certificate, FaultSchedule faults) =>
        (Server, Address, _certificate, _faults) = (server, address, certificate, faults);

    public OpcUaServer Server { get; }

    public IPAddress Address { get; }

    /// <exception cref="SocketException">The port is taken or not allowed.</exception>
    public static async Task<SimulatedOpcUaServer> StartAsync(SimulatedOpcUaConfig config, TimeProvider time)
    {
        if (!ListenAddress.TryParse(config.Listen, out IPEndPoint listen))
        {
            throw new ArgumentException($"'{config.Listen}' was not checked.", nameof(config));
        }

        IReadOnlyList<SecurityPolicy> policies = SimulatedSecurity.Policies(config);
        X509Certificate2? certificate = policies.Count > 0 ? SimulatedSecurity.CreateCertificate(OpcUaPlant.ApplicationUri, time) : null;
        OpcUaServerOptions options = new()
        {
            Address = listen.Address,
            Port = listen.Port,
            ApplicationUri = OpcUaPlant.ApplicationUri,
            ProductName = SimulatedIdentity.Vendor,
            ManufacturerName = SimulatedIdentity.Vendor,
            Certificate = certificate,
            Policies = policies,
            AllowsNone = SimulatedSecurity.AllowsNone(config),
            AllowsAnonymous = config.Anonymous,
            Users = config.Users.ToDictionary(user => user.Name, user => user.Password),
            HistoryInterval = TimeSpan.FromMilliseconds(config.HistoryIntervalMs),
        };
        OpcUaServer server = new(options, extra => OpcUaPlant.Build(config, extra), time);
        try
        {
            server.Start();
        }
        catch (SocketException)
        {
            await server.DisposeAsync();
            certificate?.Dispose();
            throw;
        }

        return new SimulatedOpcUaServer(server, listen.Address, certificate, new FaultSchedule(server, config.Faults, time));
    }

    public async ValueTask DisposeAsync()
    {
        _faults.Dispose();
        await Server.DisposeAsync();
        _certificate?.Dispose();
    }
}
