using System.Buffers.Binary;
using System.Net.Sockets;

namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>Socket options of a TCP connection to a device.</summary>
internal static class SocketTuning
{
    /// <summary>How long sent bytes may stay unacknowledged before the connection is given up. The system's own limit is 15 minutes,
    /// during which a device that was unplugged and came back would stay lost.</summary>
    private const int UnacknowledgedMsMax = 20_000;

    private const int IdleBeforeKeepAliveSeconds = 20;
    private const int LinuxTcpLevel = 6;
    private const int LinuxTcpUserTimeout = 18;

    public static void Apply(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, IdleBeforeKeepAliveSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, IdleBeforeKeepAliveSeconds / 4);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        if (OperatingSystem.IsLinux())
        {
            Span<byte> value = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(value, UnacknowledgedMsMax);
            socket.SetRawSocketOption(LinuxTcpLevel, LinuxTcpUserTimeout, value);
        }
    }
}
