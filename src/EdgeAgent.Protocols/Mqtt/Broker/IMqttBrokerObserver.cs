namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>Hears what happens in a broker, for logs. May be called with the broker's lock held: return quickly, call nothing of the broker.</summary>
public interface IMqttBrokerObserver
{
    void Connected(string clientId, MqttPeer peer);

    void Disconnected(string clientId, string text);

    /// <summary>A connection that did not become a client: bad login, malformed packet, limit reached.</summary>
    void Refused(MqttPeer peer, string text);

    /// <summary>A client published to, or subscribed to, what its rules do not allow.</summary>
    void Denied(string clientId, string topic);

    /// <summary>The queue of an absent client is full and gave up messages; told once until the client has come back.</summary>
    void QueueOverflowed(string clientId);
}
