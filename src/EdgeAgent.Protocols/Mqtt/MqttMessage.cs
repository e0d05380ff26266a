using System.Text;

namespace EdgeAgent.Protocols.Mqtt;

/// <summary>A received message. Its memories are valid only until the handler has finished.</summary>
public readonly struct MqttMessage
{
    /// <summary>The topic name as UTF-8.</summary>
    public required ReadOnlyMemory<byte> Topic { get; init; }

    public required ReadOnlyMemory<byte> Payload { get; init; }

    public MqttQos Qos { get; init; }

    /// <summary>True for a message that the broker had kept, sent because of a new subscription.</summary>
    public bool Retain { get; init; }

    /// <summary>True when the broker says that it may have sent this message before.</summary>
    public bool Dup { get; init; }

    /// <summary>The topic as a new string; for logs and slow paths.</summary>
    public string TopicText() => Encoding.UTF8.GetString(Topic.Span);
}
