using System.Text.Json;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Json;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>Messages that are JSON documents.</summary>
internal class JsonSource(MqttInSource source, MqttInDevice[] devices, ReadingInbox inbox, SeenList seen, DeviceProblems problems)
    : TopicSource(source, devices, inbox, seen)
{
    private const string NoneFound = "a message has none of the device's values; compare its JSON with the addresses of the tags";
    private const string BadClock = "the time in a message cannot be right; the time of arrival is taken instead";

    private readonly TimeSpan _offset = TimeSpan.FromHours(source.Settings.UtcOffsetHours);

    protected DeviceProblems Problems { get; } = problems;

    protected override void Take(MqttInDevice device, ReadOnlySpan<byte> metric, ReadOnlySpan<byte> payload, long nowTicks)
    {
        long ticks = TimeOf(payload, nowTicks, out string? problem);
        int wanted = 0, found = 0;
        foreach (MqttInTag tag in device.Tags)
        {
            if (tag.Metric.Length > 0 && !metric.SequenceEqual(tag.Metric))
            {
                continue;
            }

            wanted++;
            if (tag.Path!.TryFind(payload, out Utf8JsonReader value))
            {
                found++;
                JsonTagValue.Add(Inbox.Live, tag.Id, tag.Kind, ticks, value);
            }
        }

        Problems.Set(device.Index, wanted > 0 && found == 0 ? NoneFound : problem);
    }

    private long TimeOf(ReadOnlySpan<byte> payload, long nowTicks, out string? problem)
    {
        problem = null;
        if (Source.Time is not { } path)
        {
            return nowTicks;
        }

        if (path.TryFind(payload, out Utf8JsonReader value) && JsonTagValue.TryTime(value, _offset, out long ticks) && TimeText.IsPlausible(ticks, nowTicks))
        {
            return ticks;
        }

        problem = BadClock;
        return nowTicks;
    }
}
