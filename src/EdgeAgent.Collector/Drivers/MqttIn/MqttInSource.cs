using EdgeAgent.Protocols.Json;
using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>One source, checked.</summary>
/// <param name="Pattern">Null for Sparkplug, whose topics have a form of their own.</param>
/// <param name="Time">Where a JSON document says when its values were taken, or null.</param>
internal sealed record MqttInSource(MqttInSourceSettings Settings, TopicPattern? Pattern, JsonPath? Time)
{
    /// <summary>ChirpStack v4, Integrations, MQTT: application/APPLICATION_ID/device/DEV_EUI/event/EVENT.</summary>
    public const string ChirpStackTopic = "application/+/device/{devEui}/event/{metric}";

    public const string SparkplugTopics = SparkplugTopic.Namespace + "/#";

    /// <summary>What to subscribe to.</summary>
    public string Filter => Pattern?.Filter ?? Settings.Topic ?? SparkplugTopics;
}
