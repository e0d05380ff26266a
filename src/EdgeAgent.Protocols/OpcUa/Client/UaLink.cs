namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Bytes to and from a server. One reader and one writer at a time; closing ends a read that is waiting.</summary>
internal abstract class UaLink
{
    /// <summary>Zero when the other side has closed.</summary>
    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>How many of the bytes were taken.</summary>
    public abstract ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>May be called from any thread and more than once.</summary>
    public abstract void Close();
}
