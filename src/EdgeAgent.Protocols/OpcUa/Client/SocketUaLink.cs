using System.Net.Sockets;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>A connected TCP socket.</summary>
internal sealed class SocketUaLink(Socket socket) : UaLink
{
    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer) => socket.ReceiveAsync(buffer, SocketFlags.None);

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes) => socket.SendAsync(bytes, SocketFlags.None);

    public override void Close() => socket.Dispose();
}
