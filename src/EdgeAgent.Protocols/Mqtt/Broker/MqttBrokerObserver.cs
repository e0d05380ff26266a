namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>An observer that does nothing; derive from it to hear only some of the events.</summary>
public class MqttBrokerObserver : IMqttBrokerObserver
{
    /// <summary>The observer of a broker that nobody watches.</summary>
    public static MqttBrokerObserver None { get; } = new();

    public virtual void Connected(string clientId, MqttPeer peer)
    {
    }

    public virtual void Disconnected(string clientId, string text)
    {
    }

    public virtual void Refused(MqttPeer peer, string text)
    {
    }

    public virtual void Denied(string clientId, string topic)
    {
    }

    public virtual void QueueOverflowed(string clientId)
    {
    }
}
