using System.Net.Sockets;

namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>Bytes to and from a device. One reader and one writer at a time; closing ends a read that is waiting.</summary>
internal abstract class ModbusLink
{
    /// <summary>Each receive is one whole datagram.</summary>
    public virtual bool IsDatagram => false;

    /// <summary>Answers are to be had one at a time and only after a while that is known beforehand: a serial line.</summary>
    public virtual bool IsSlow => false;

    /// <summary>How long request and answer of so many bytes travel, with the silence that must lie between them.</summary>
    public virtual TimeSpan TransferTime(int requestBytes, int answerBytes) => TimeSpan.Zero;

    /// <summary>Zero when the other side has closed.</summary>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    public abstract ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes);

    public abstract void Close();

    /// <summary>A <see cref="SocketPoller"/> waits for this socket; the runtime's way of waiting should not be used on it.</summary>
    public static bool IsPolled(Socket socket) => OperatingSystem.IsLinux() && socket.SocketType == SocketType.Stream;

    /// <summary>The best way to use a connected socket on this system.</summary>
    public static ModbusLink Over(Socket socket) => IsPolled(socket) ? new PolledLink(socket, SocketPoller.Next()) : new SocketLink(socket);
}
