using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.TestKit;

/// <summary>Ports for partner programs that cannot choose one themselves.</summary>
public static class FreePort
{
    private static readonly HashSet<int> Given = [];

    /// <summary>A TCP port on 127.0.0.1 that was free a moment ago and that this process has not given out before.
    /// Prefer binding to port 0 where the program under test can.</summary>
    public static int Tcp()
    {
        while (true)
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            int port = ((IPEndPoint)probe.LocalEndPoint!).Port;
            lock (Given)
            {
                if (Given.Add(port))
                {
                    return port;
                }
            }
        }
    }
}
