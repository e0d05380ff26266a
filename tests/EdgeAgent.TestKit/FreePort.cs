using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.TestKit;

/// <summary>Ports for partner programs that cannot choose one themselves.</summary>
/// <remarks>Below the range from which the system gives ports to whoever connects: one of those may be gone before the program that it was
/// chosen for listens there, and tests run beside other tests.</remarks>
public static class FreePort
{
    private const int First = 15_000;
    private const int Count = 17_000;

    /// <summary>Each process begins somewhere else, so that two that run at once hardly meet.</summary>
    private static int s_next = Random.Shared.Next(Count);

    /// <summary>A TCP port on 127.0.0.1 that was free a moment ago and that this process has not given out lately.
    /// Prefer binding to port 0 where the program under test can.</summary>
    public static int Tcp()
    {
        for (int tries = 0; tries < Count; tries++)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref s_next) % Count);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }

        throw new InvalidOperationException($"No port of 127.0.0.1 from {First} to {First + Count - 1} is free.");
    }
}
