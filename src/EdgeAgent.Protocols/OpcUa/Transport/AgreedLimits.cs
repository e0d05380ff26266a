namespace EdgeAgent.Protocols.OpcUa.Transport;

/// <summary>What holds on a connection after Hello and Acknowledge, seen from one side; where there is no limit, <see cref="int.MaxValue"/>.</summary>
internal readonly record struct AgreedLimits(
    int SendChunkBytesMax,
    int ReceiveChunkBytesMax,
    int SendMessageBytesMax,
    int SendChunkCountMax,
    int ReceiveMessageBytesMax,
    int ReceiveChunkCountMax);
