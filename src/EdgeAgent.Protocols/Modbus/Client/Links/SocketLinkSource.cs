using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>Connects to a device over TCP, or binds a UDP socket to it.</summary>
internal sealed class SocketLinkSource(ModbusTransport transport) : LinkSource
{
    public override string TimeoutText => "no connection";

    public override Task<ModbusLink> OpenAsync(CancellationToken cancellation) => transport switch
    {
        ModbusTcpTransport tcp => ConnectAsync(tcp.Host, tcp.Port, SocketType.Stream, ProtocolType.Tcp, cancellation),
        ModbusUdpTransport udp => ConnectAsync(udp.Host, udp.Port, SocketType.Dgram, ProtocolType.Udp, cancellation),
        _ => throw new NotSupportedException($"no socket for {transport}"),
    };

    /// <summary>A name may have several addresses: the first that answers.</summary>
    private static async Task<ModbusLink> ConnectAsync(string host, int port, SocketType type, ProtocolType protocol, CancellationToken cancellation)
    {
        IPAddress[] addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellation).ConfigureAwait(false);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.NoData);
        }

        for (var i = 0; ; i++)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(addresses[i], port), type, protocol, cancellation).ConfigureAwait(false);
            }
            catch (SocketException) when (i + 1 < addresses.Length)
            {
                // The next one may.
            }
        }
    }

    private static async Task<ModbusLink> ConnectAsync(IPEndPoint remote, SocketType type, ProtocolType protocol, CancellationToken cancellation)
    {
        var socket = new Socket(remote.AddressFamily, type, protocol);
        try
        {
            if (type == SocketType.Stream)
            {
                SocketTuning.Apply(socket);
            }

            var connecting = ModbusLink.IsPolled(socket)
                ? PolledWait.ConnectAsync(socket, remote, cancellation)
                : socket.ConnectAsync(remote, cancellation).AsTask();
            await connecting.ConfigureAwait(false);
            return ModbusLink.Over(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
