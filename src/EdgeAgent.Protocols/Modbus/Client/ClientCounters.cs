namespace EdgeAgent.Protocols.Modbus.Client;

/// <summary>The running figures behind <see cref="ModbusClientStatistics"/>. Written under the gate of the current connection, read by anyone.</summary>
internal sealed class ClientCounters
{
    public long Requests;
    public long Replies;
    public long Exceptions;
    public long Timeouts;
    public long BadFrames;
    public long LateReplies;
    public long UnexpectedFrames;
    public long DiscardedBytes;
    public long BytesSent;
    public long BytesReceived;
    public long Connects;
    public long Disconnects;

    /// <summary>Time in which the line carried a request and its answer, or waited for one; serial lines only.</summary>
    public long BusyTicks;

    public void Count(ModbusStatus status)
    {
        switch (status)
        {
            case ModbusStatus.Ok:
                Replies++;
                break;
            case ModbusStatus.Exception:
                Exceptions++;
                break;
            case ModbusStatus.Timeout:
                Timeouts++;
                break;
            case ModbusStatus.BadFrame:
                BadFrames++;
                break;
        }
    }

    public ModbusClientStatistics Snapshot() => new(
        Volatile.Read(ref Requests),
        Volatile.Read(ref Replies),
        Volatile.Read(ref Exceptions),
        Volatile.Read(ref Timeouts),
        Volatile.Read(ref BadFrames),
        Volatile.Read(ref LateReplies),
        Volatile.Read(ref UnexpectedFrames),
        Volatile.Read(ref DiscardedBytes),
        Volatile.Read(ref BytesSent),
        Volatile.Read(ref BytesReceived),
        Volatile.Read(ref Connects),
        Volatile.Read(ref Disconnects),
        TimeSpan.FromTicks(Volatile.Read(ref BusyTicks)));
}
