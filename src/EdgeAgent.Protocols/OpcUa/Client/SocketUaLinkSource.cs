using System.Buffers.Binary;
using System.Net.Sockets;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Connects to servers over TCP.</summary>
internal sealed class SocketUaLinkSource : IUaLinkSource
{
    public static readonly SocketUaLinkSource Instance = new();

    /// <summary>
    /// How long sent bytes may stay unacknowledged. The system's own limit is 15 minutes, during which a server that was
    /// unplugged and came back would stay lost.
    /// </summary>
    private const int UnacknowledgedMsMax = 20_000;

    private const int LinuxTcpLevel = 6;
    private const int LinuxTcpUserTimeout = 18;

    public async Task<UaLink> ConnectAsync(OpcUaAddress address, CancellationToken cancellation)
    {
        // Dual mode reaches IPv4 and IPv6; without Nagle's algorithm a lone small request is not held back.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (OperatingSystem.IsLinux())
            {
                byte[] value = new byte[sizeof(int)];
                BinaryPrimitives.WriteInt32LittleEndian(value, UnacknowledgedMsMax);
                socket.SetRawSocketOption(LinuxTcpLevel, LinuxTcpUserTimeout, value);
            }
            await socket.ConnectAsync(address.Host, address.Port, cancellation).ConfigureAwait(false);
            return new SocketUaLink(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
