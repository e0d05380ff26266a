using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Json;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>One tag, compiled.</summary>
/// <param name="Id">Number within the endpoint.</param>
/// <param name="Kind">Of its readings.</param>
/// <param name="Metric">The level of the topic, or the Sparkplug metric, that it is about; empty when any.</param>
/// <param name="Path">Where its value is in a JSON document; null where there is none.</param>
internal sealed record MqttInTag(int Id, ValueKind Kind, byte[] Metric, JsonPath? Path);
