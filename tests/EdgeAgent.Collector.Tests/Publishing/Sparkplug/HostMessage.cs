using EdgeAgent.Collector.Tests.Publishing.Sparkplug.Wire;
using EdgeAgent.Protocols.Mqtt;

namespace EdgeAgent.Collector.Tests.Publishing.Sparkplug;

/// <summary>One message of an edge node as a host gets it, decoded by Google's protobuf and not by our own codec.</summary>
internal sealed record HostMessage(string Topic, MqttQos Qos, bool Retain, byte[] Bytes, PayloadMessage Payload)
{
    /// <summary>NBIRTH, DDATA and so on.</summary>
    public string Kind { get; } = Topic.Split('/')[2];

    /// <summary>Null in messages of the node itself.</summary>
    public string? Device { get; } = Topic.Split('/').ElementAtOrDefault(4);

    public MetricMessage? Find(string name) => Payload.Metrics.FirstOrDefault(metric => metric.Name == name);

    public override string ToString() => $"{Topic} seq {Payload.Seq} {Payload.Metrics.Count} metrics";
}
