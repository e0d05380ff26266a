namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>The limits of a broker. Each bounds what clients can make it spend.</summary>
public sealed record MqttBrokerOptions
{
    /// <summary>Largest packet taken or sent. Default 16 MiB.</summary>
    public int PacketSizeBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most connections at a time. Default 1,000.</summary>
    public int ConnectionsMax { get; init; } = 1000;

    /// <summary>Most sessions, connected or kept. Default 10,000.</summary>
    public int SessionsMax { get; init; } = 10_000;

    /// <summary>Most subscriptions of one session. Default 1,000.</summary>
    public int SubscriptionsPerSessionMax { get; init; } = 1000;

    /// <summary>
    /// Most messages that wait for one client. A client that is away loses what goes beyond (counted, see
    /// <see cref="Overflow"/>); one that is there makes the publishers wait instead. Default 1,000.
    /// </summary>
    public int QueueMessagesMax { get; init; } = 1000;

    /// <summary>The same in bytes. Default 64 MiB.</summary>
    public long QueueSizeBytesMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>What an absent client's full queue gives up. Default: the oldest message.</summary>
    public MqttQueueOverflow Overflow { get; init; }

    /// <summary>Most QoS 1 and 2 messages that a client may have on the way to the broker. Default 100.</summary>
    public ushort ReceiveMaximum { get; init; } = 100;

    /// <summary>Most QoS 1 and 2 messages on the way to one client; its own Receive Maximum may lower it. Default 100.</summary>
    public int InFlightMax { get; init; } = 100;

    /// <summary>Most retained messages. Default 10,000.</summary>
    public int RetainedMessagesMax { get; init; } = 10_000;

    /// <summary>Most bytes of retained messages. Default 64 MiB.</summary>
    public long RetainedSizeBytesMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>Longest time that a session outlives its connection. Default one day.</summary>
    public uint SessionExpirySecondsMax { get; init; } = 86_400;

    /// <summary>How long a new connection may take until its CONNECT has come. Default 10,000.</summary>
    public int ConnectTimeoutMs { get; init; } = 10_000;

    /// <summary>A client that keeps publishers waiting and takes nothing for this long is disconnected. Default 30,000.</summary>
    public int StalledClientMs { get; init; } = 30_000;
}
