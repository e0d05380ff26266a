namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>Opens a byte stream to a broker; the seam at which tests put scripted brokers.</summary>
internal interface IMqttTransport
{
    ValueTask<Stream> ConnectAsync(MqttBrokerAddress broker, CancellationToken cancellationToken);
}
