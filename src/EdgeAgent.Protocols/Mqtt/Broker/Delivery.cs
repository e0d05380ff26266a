namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>A message on its way to one client.</summary>
/// <param name="Retain">The retain flag that this client is to see.</param>
/// <param name="Identifiers">The identifiers of the client's subscriptions that match; null when none has one.</param>
/// <param name="Group">The shared subscription that it came by: another member can take it over.</param>
internal readonly record struct Delivery(BrokerMessage Message, MqttQos Qos, bool Retain, List<int>? Identifiers, ShareGroup? Group);
