using System.Net;

namespace EdgeAgent.Protocols.Modbus.Client.DialIn;

/// <summary>The ports of this process that devices dial in to. Shared, because many devices are given one port and tell
/// themselves apart by their registration.</summary>
internal static class DialInPorts
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<IPEndPoint, DialInPort> Open = [];

    /// <exception cref="System.Net.Sockets.SocketException">The port cannot be listened on.</exception>
    /// <exception cref="ModbusConnectException">Another client waits for the same registration there.</exception>
    public static DialInSeat Take(IPEndPoint where, ReadOnlyMemory<byte> registration, Action dialledAgain, TimeProvider time)
    {
        lock (Gate)
        {
            if (!Open.TryGetValue(where, out var port))
            {
                Open[where] = port = new DialInPort(where, time);
            }

            return port.Add(registration, dialledAgain);
        }
    }

    public static async Task LeaveAsync(DialInSeat seat)
    {
        seat.Leave();
        lock (Gate)
        {
            if (!seat.Port.Remove(seat))
            {
                return;
            }

            Open.Remove(seat.Port.Where);
            seat.Port.Stop();
        }

        await seat.Port.Completion.ConfigureAwait(false);
    }
}
