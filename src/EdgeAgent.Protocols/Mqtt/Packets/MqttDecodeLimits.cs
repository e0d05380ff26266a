namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>The most that a decoder accepts from a peer, so that a hostile packet cannot cost more memory than declared.</summary>
/// <param name="PacketSizeBytesMax">Largest packet including its fixed header; the standard's own limit is 268,435,460.</param>
/// <param name="EntriesMax">Most filters in one SUBSCRIBE or UNSUBSCRIBE and most user properties in one packet.</param>
internal sealed record MqttDecodeLimits(int PacketSizeBytesMax, int EntriesMax)
{
    /// <summary>The largest remaining length that four bytes can express.</summary>
    public const int RemainingLengthMax = 268_435_455;

    public static MqttDecodeLimits Default { get; } = new(16 * 1024 * 1024, 1024);
}
