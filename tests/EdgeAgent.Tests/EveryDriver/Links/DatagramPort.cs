using System.Net;
using System.Net.Sockets;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.EveryDriver.Links;

/// <summary>A UDP port of the device.</summary>
internal sealed class DatagramPort : Link
{
    private readonly int _port = FreePort.Tcp();
    private Socket _socket = null!;

    public override string Settings => $"\"host\":\"127.0.0.1\",\"port\":{_port}";

    protected override Task OpenAsync()
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        return Task.CompletedTask;
    }

    protected override async Task ServeAsync(CancellationToken gone)
    {
        byte[] buffer = new byte[2048];
        while (true)
        {
            SocketReceiveFromResult datagram = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), gone);
            byte[] answer = Take([.. buffer.AsSpan(0, datagram.ReceivedBytes)]);
            if (answer.Length > 0)
            {
                await _socket.SendToAsync(answer, datagram.RemoteEndPoint, gone);
            }
        }
    }

    protected override Task CloseAsync()
    {
        _socket.Dispose();
        return Task.CompletedTask;
    }
}
