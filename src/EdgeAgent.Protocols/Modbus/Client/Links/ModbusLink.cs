namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>Bytes to and from a device. One reader and one writer at a time; closing ends a read that is waiting.</summary>
internal abstract class ModbusLink
{
    /// <summary>Each receive is one whole datagram.</summary>
    public virtual bool IsDatagram => false;

    /// <summary>Zero when the other side has closed.</summary>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    public abstract ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes);

    public abstract void Close();
}
