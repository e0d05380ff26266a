namespace EdgeAgent.Collector.Drivers.MqttIn.Sparkplug;

/// <summary>A configured device: a Sparkplug device, or a node itself.</summary>
internal sealed class SparkplugEntity(MqttInDevice device, string name)
{
    public MqttInDevice Device { get; } = device;

    /// <summary>The device's level of the topic; empty for the node itself.</summary>
    public string Name { get; } = name;

    /// <summary>Born and not dead.</summary>
    public volatile bool IsAlive;

    public MqttInTag? TagOf(ReadOnlySpan<byte> metric)
    {
        foreach (MqttInTag tag in Device.Tags)
        {
            if (metric.SequenceEqual(tag.Metric))
            {
                return tag;
            }
        }

        return null;
    }
}
