using System.Text;
using System.Text.Json;
using EdgeAgent.Collector.Publishing.Batch;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>Tells subscribers whether the agent is there: after each connect, before it leaves, and by the broker when it vanishes.</summary>
internal sealed class JsonStatus
{
    private readonly byte[] _topic;
    private readonly byte[] _online;
    private readonly byte[] _offline;
    private readonly MqttQos _qos;
    private readonly bool _retain;

    private JsonStatus(JsonStatusConfig config, byte[] topic)
    {
        (_topic, _qos, _retain) = (topic, (MqttQos)config.Qos, config.Retain);
        _online = PayloadOf(config.Online, """{"online":true}"""u8);
        _offline = PayloadOf(config.Offline, """{"online":false}"""u8);
    }

    /// <summary>The message that the broker is to send when the connection ends without a goodbye.</summary>
    public MqttWill Will => new(Encoding.UTF8.GetString(_topic), _offline, _qos, _retain);

    /// <summary>Null when there is none, or when something is wrong, which is reported.</summary>
    public static JsonStatus? Compile(JsonStatusConfig? config, PublisherIdentity identity, ConfigPath path, ConfigErrors errors) =>
        config is not null && JsonTopic.Compile(config.Topic, per: null, path.Member("topic"), errors) is { } topic
            ? new JsonStatus(config, topic.Of(identity, "", null, null))
            : null;

    /// <returns>Null when the broker took it, otherwise what it said.</returns>
    public async Task<string?> PublishAsync(MqttClient client, bool online, CancellationToken cancellation)
    {
        MqttPublishResult result = await client.PublishAsync(_topic, online ? _online : _offline, _qos, _retain, cancellation).ConfigureAwait(false);
        return Announcement.Problem(result) is { } problem ? $"the broker did not take the status message: {problem}" : null;
    }

    private static byte[] PayloadOf(JsonElement payload, ReadOnlySpan<byte> otherwise) => payload.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => otherwise.ToArray(),
        JsonValueKind.String => Encoding.UTF8.GetBytes(payload.GetString()!),
        _ => Encoding.UTF8.GetBytes(payload.GetRawText()),
    };
}
