namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>What a broker holds now and has done since it started.</summary>
/// <param name="MessagesDroppedFull">Messages that full queues of absent clients gave up.</param>
/// <param name="MessagesDroppedQos0">QoS 0 messages not given to a client that was too slow.</param>
/// <param name="MessagesDroppedExpired">Messages whose expiry interval had passed.</param>
/// <param name="MessagesDroppedTooLarge">Messages larger than the receiving client takes.</param>
/// <param name="PublishersHeldBack">Acknowledgements that were held back because a subscriber was slow.</param>
/// <param name="RetainedRefused">Retained messages that were delivered but not kept, because the limit was reached.</param>
public readonly record struct MqttBrokerStatistics(
    int Connections, int Sessions, int Subscriptions, int RetainedMessages, long QueuedMessages,
    long MessagesReceived, long MessagesSent, long BytesReceived, long BytesSent,
    long MessagesDroppedFull, long MessagesDroppedQos0, long MessagesDroppedExpired, long MessagesDroppedTooLarge,
    long PublishersHeldBack, long LoginsRefused, long RetainedRefused);
