using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>What the transport knows of the other side of a connection.</summary>
/// <param name="Address">For logs, for example "127.0.0.1:50312".</param>
/// <param name="Certificate">The client's certificate, already checked against the accepted authorities; null without one.</param>
public sealed record MqttPeer(string Address, bool IsTls = false, X509Certificate2? Certificate = null);
