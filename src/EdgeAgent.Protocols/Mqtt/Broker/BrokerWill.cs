using System.Text;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>The will of a connected client, with the properties that it is published with.</summary>
internal sealed record BrokerWill(MqttWill Will, MqttProperties? Properties, string ClientId)
{
    public BrokerMessage ToMessage(TimeProvider time)
    {
        var properties = new PacketBuffer(64);
        if (Properties != null)
        {
            MqttPropertyFields.Write(properties, new MqttProperties
            {
                PayloadIsText = Properties.PayloadIsText,
                ContentType = Properties.ContentType,
                ResponseTopic = Properties.ResponseTopic,
                CorrelationData = Properties.CorrelationData,
                UserProperties = Properties.UserProperties,
            });
        }
        return new BrokerMessage
        {
            Topic = Will.Topic,
            TopicUtf8 = Encoding.UTF8.GetBytes(Will.Topic),
            Payload = Will.Payload,
            Qos = Will.Qos,
            Retain = Will.Retain,
            Properties = properties.Written,
            ExpiresAt = Properties?.MessageExpirySeconds is { } seconds ? time.GetTimestamp() + seconds * time.TimestampFrequency : null,
            Publisher = ClientId,
        };
    }
}
