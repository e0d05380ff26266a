namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>What became of a published message.</summary>
/// <param name="Receivers">How many sessions got it.</param>
/// <param name="Behind">The connected client that is furthest behind; the publisher's acknowledgement should wait for it. Null when all keep up.</param>
internal readonly record struct RouteResult(int Receivers, BrokerSession? Behind);
