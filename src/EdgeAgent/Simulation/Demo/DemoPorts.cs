using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Simulation.Demo;

/// <summary>Which loopback ports the demo uses: the same at every start where they are free, so that a second start finds its devices where they were.</summary>
internal sealed record DemoPorts(int Web, int Broker, IReadOnlyDictionary<string, int> Endpoints)
{
    /// <summary>The serial port with the energy meters; null where there is none.</summary>
    public string? MeterPort { get; init; }

    private const int WebPreferred = 8080;
    private const int BrokerPreferred = 18830; // Not 1883: Debian starts a Mosquitto there when it is installed.
    private const int FirstEndpointPreferred = 15501;

    public static DemoPorts Choose(IReadOnlyList<string> endpoints)
    {
        HashSet<int> taken = [];
        return new DemoPorts(
            FreeNear(WebPreferred, taken),
            FreeNear(BrokerPreferred, taken),
            endpoints.Select((name, i) => (name, port: FreeNear(FirstEndpointPreferred + i, taken))).ToDictionary(e => e.name, e => e.port));
    }

    private static int FreeNear(int preferred, HashSet<int> taken)
    {
        int port = !taken.Contains(preferred) && CanListen(preferred) is { } same ? same : CanListen(0)!.Value;
        return taken.Add(port) ? port : FreeNear(0, taken);
    }

    private static int? CanListen(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen(1);
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
