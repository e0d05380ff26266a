using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>Opens the socket that a transport asks for.</summary>
internal static class LinkConnector
{
    public static async Task<ModbusLink> OpenAsync(ModbusClientOptions options, TimeProvider time, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.ConnectTimeoutMs), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var transport = options.Transport;
        try
        {
            return transport switch
            {
                ModbusTcpTransport tcp => await ConnectAsync(tcp.Host, tcp.Port, SocketType.Stream, ProtocolType.Tcp, either.Token).ConfigureAwait(false),
                ModbusUdpTransport udp => await ConnectAsync(udp.Host, udp.Port, SocketType.Dgram, ProtocolType.Udp, either.Token).ConfigureAwait(false),
                _ => throw new NotSupportedException($"no link for {transport}"),
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ModbusConnectException($"{transport}: no connection within {options.ConnectTimeoutMs} ms");
        }
        catch (SocketException e)
        {
            throw new ModbusConnectException($"{transport}: {e.Message} ({e.SocketErrorCode})", e);
        }
    }

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
            return new SocketLink(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
