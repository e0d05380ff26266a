using EdgeAgent.Collector.Receiving;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>Messages that are one value as text.</summary>
internal sealed class PlainSource(MqttInSource source, MqttInDevice[] devices, ReadingInbox inbox, SeenList seen)
    : TopicSource(source, devices, inbox, seen)
{
    protected override void Take(MqttInDevice device, ReadOnlySpan<byte> metric, ReadOnlySpan<byte> payload, long nowTicks)
    {
        foreach (MqttInTag tag in device.Tags)
        {
            if (tag.Metric.Length == 0 || metric.SequenceEqual(tag.Metric))
            {
                TagValue.AddText(Inbox.Live, tag.Id, tag.Kind, nowTicks, payload);
            }
        }
    }
}
