namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>An attempt to connect failed; the message tells which broker, at which step, and what to try.</summary>
internal sealed class MqttConnectException(string message, MqttReason reason = MqttReason.Success, Exception? inner = null)
    : IOException(message, inner)
{
    public MqttReason Reason => reason;
}
