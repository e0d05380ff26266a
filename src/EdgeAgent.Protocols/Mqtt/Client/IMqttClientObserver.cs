namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>
/// Hears what happens to a client's connection, for logs and metrics. Called from the connection's loop: return quickly.
/// The texts are written for people and need no further wording.
/// </summary>
public interface IMqttClientObserver
{
    void Connected(MqttBrokerAddress broker, bool sessionPresent);

    /// <summary>An established connection ended.</summary>
    void Disconnected(MqttBrokerAddress broker, MqttConnectionLoss loss);

    /// <summary>An attempt failed; the next one follows after <paramref name="nextTryIn"/>.</summary>
    void ConnectFailed(MqttBrokerAddress broker, string text, TimeSpan nextTryIn);

    /// <summary>The broker refused a subscription that is kept; it is asked for again with the next connection.</summary>
    void SubscriptionRefused(string filter, MqttReason reason);

    /// <summary>The message handler threw; the message counts as handled so that it cannot block those behind it.</summary>
    void HandlerFailed(string topic, Exception exception);
}
