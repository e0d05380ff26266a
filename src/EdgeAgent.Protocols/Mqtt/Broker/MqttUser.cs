namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>One user: a password hash or (without one) a client certificate with this common name, and the topics allowed.</summary>
/// <param name="Publish">Filters that may be published to; %u is the user, %c the client id.</param>
/// <param name="Subscribe">Filters that may be received.</param>
public sealed record MqttUser(string Name, string? PasswordHash, IReadOnlyList<string> Publish, IReadOnlyList<string> Subscribe);
