using System.Net.Sockets;

namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>A connected TCP or UDP socket.</summary>
internal sealed class SocketLink(Socket socket) : ModbusLink
{
    public override bool IsDatagram { get; } = socket.SocketType == SocketType.Dgram;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer) => socket.ReceiveAsync(buffer, SocketFlags.None);

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes) => socket.SendAsync(bytes, SocketFlags.None);

    public override void Close() => socket.Dispose();
}
