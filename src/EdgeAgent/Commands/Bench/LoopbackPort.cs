using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Commands.Bench;

/// <summary>Free ports for partners that cannot choose one themselves.</summary>
internal static class LoopbackPort
{
    /// <summary>A port that was free a moment ago.</summary>
    public static int Free()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Waits until somebody accepts connections on the port.</summary>
    public static async Task WaitOpenAsync(int port, TimeSpan limit, BenchContext context)
    {
        long start = context.Time.GetTimestamp();
        while (true)
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, context.Cancellation);
                return;
            }
            catch (SocketException) when (context.Time.GetElapsedTime(start) < limit)
            {
                await context.Wait(TimeSpan.FromMilliseconds(20));
            }
        }
    }
}
