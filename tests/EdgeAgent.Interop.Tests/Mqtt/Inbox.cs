using System.Text;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Mqtt;

/// <summary>Collects received messages.</summary>
internal sealed class Inbox
{
    private readonly List<(string Topic, string Payload, MqttQos Qos, bool Retain)> _messages = [];

    public MqttMessageHandler Handler => (message, _) =>
    {
        lock (_messages)
        {
            _messages.Add((message.TopicText(), Encoding.UTF8.GetString(message.Payload.Span), message.Qos, message.Retain));
        }
        return default;
    };

    public List<(string Topic, string Payload, MqttQos Qos, bool Retain)> Messages
    {
        get
        {
            lock (_messages)
            {
                return [.. _messages];
            }
        }
    }

    public Task UntilAsync(int count) => Eventually.TrueAsync(() => Messages.Count >= count, $"{count} messages arrive");
}
