using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>A source whose devices are told apart by their topics.</summary>
internal abstract class TopicSource(MqttInSource source, MqttInDevice[] devices, ReadingInbox inbox, SeenList seen) : MessageSource
{
    /// <summary>A topic has at most this many bytes (MQTT 5, §1.5.4), and one char of an id stands for at least one of them.</summary>
    private readonly char[] _space = new char[ushort.MaxValue];

    private readonly Dictionary<string, MqttInDevice>.AlternateLookup<ReadOnlySpan<char>> _devices =
        devices.ToDictionary(device => device.Id, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    protected MqttInSource Source { get; } = source;

    protected ReadingInbox Inbox { get; } = inbox;

    public override bool TryTake(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, bool retained, long nowTicks)
    {
        Sender = null;
        if (!Source.Pattern!.TryMatch(topic, _space, out ReadOnlySpan<char> id, out ReadOnlySpan<byte> metric))
        {
            return false;
        }

        if (!IsOfInterest(metric))
        {
            return true;
        }

        if (!_devices.TryGetValue(id, out MqttInDevice? device))
        {
            seen.Note(id, payload);
            return true;
        }

        Sender = device.Index;
        int first = Inbox.Live.Count;
        Take(device, metric, payload, nowTicks);
        if (retained)
        {
            MarkHeld(Inbox.Live.MutableReadings[first..]);
        }

        return true;
    }

    /// <summary>Whether messages of this kind hold values.</summary>
    protected virtual bool IsOfInterest(ReadOnlySpan<byte> metric) => true;

    protected abstract void Take(MqttInDevice device, ReadOnlySpan<byte> metric, ReadOnlySpan<byte> payload, long nowTicks);

    /// <summary>What the broker had kept was so once; the device may be long gone.</summary>
    private static void MarkHeld(Span<Reading> readings)
    {
        foreach (ref Reading reading in readings)
        {
            if (reading.Quality.IsGood)
            {
                reading = reading with { Quality = Quality.UncertainLastUsableValue };
            }
        }
    }
}
