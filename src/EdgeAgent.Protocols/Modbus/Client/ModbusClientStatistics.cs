namespace EdgeAgent.Protocols.Modbus.Client;

/// <summary>What a client has seen since it was made, over all its connections.</summary>
/// <param name="Requests">Requests sent, probes and repeats included.</param>
/// <param name="Replies">Answers that matched their request and carried data.</param>
/// <param name="Exceptions">Answers that matched their request and refused it.</param>
/// <param name="Timeouts">Requests that were not answered in time.</param>
/// <param name="BadFrames">Answers that did not fit their request or had a wrong checksum.</param>
/// <param name="LateReplies">Answers that came after their request had been given up; discarded.</param>
/// <param name="UnexpectedFrames">Whole frames that nobody had asked for: other masters' traffic, duplicates; discarded.</param>
/// <param name="DiscardedBytes">Bytes that were part of no frame.</param>
/// <param name="Connects">Connections made.</param>
/// <param name="Disconnects">Connections lost or closed.</param>
/// <param name="Busy">How long a serial line was taken by requests, answers and waiting for them; zero for other ways.</param>
public readonly record struct ModbusClientStatistics(
    long Requests,
    long Replies,
    long Exceptions,
    long Timeouts,
    long BadFrames,
    long LateReplies,
    long UnexpectedFrames,
    long DiscardedBytes,
    long BytesSent,
    long BytesReceived,
    long Connects,
    long Disconnects,
    TimeSpan Busy);
