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

    private static async Task<ModbusLink> ConnectAsync(string host, int port, SocketType type, ProtocolType protocol, CancellationToken cancellation)
    {
        var literal = IPAddress.TryParse(host, out var address);
        var socket = literal ? new Socket(address!.AddressFamily, type, protocol) : new Socket(type, protocol);
        try
        {
            if (type == SocketType.Stream)
            {
                SocketTuning.Apply(socket);
            }

            EndPoint remote = literal ? new IPEndPoint(address!, port) : new DnsEndPoint(host, port);
            await socket.ConnectAsync(remote, cancellation).ConfigureAwait(false);
            return ModbusLink.Over(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
