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

    // Where a preferred port is taken: below the range that connections take theirs from, so that none takes it before the demo listens.
    private const int OtherFirst = 20_000;
    private const int OtherLast = 32_767;

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
        int port = preferred;
        for (int tries = 0; taken.Contains(port) || !CanListen(port); tries++)
        {
            port = tries < OtherLast - OtherFirst ? Random.Shared.Next(OtherFirst, OtherLast + 1) : throw new IOException("No loopback port is free.");
        }

        taken.Add(port);
        return port;
    }

    private static bool CanListen(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
