namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>An observer that does nothing; derive from it to hear only some of the events.</summary>
public class MqttClientObserver : IMqttClientObserver
{
    /// <summary>The observer of a client that nobody watches.</summary>
    public static MqttClientObserver None { get; } = new();

    public virtual void Connected(MqttBrokerAddress broker, bool sessionPresent)
    {
    }

    public virtual void Disconnected(MqttBrokerAddress broker, MqttConnectionLoss loss)
    {
    }

    public virtual void ConnectFailed(MqttBrokerAddress broker, string text, TimeSpan nextTryIn)
    {
    }

    public virtual void SubscriptionRefused(string filter, MqttReason reason)
    {
    }

    public virtual void HandlerFailed(string topic, Exception exception)
    {
    }
}
