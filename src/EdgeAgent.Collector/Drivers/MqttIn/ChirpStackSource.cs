using System.Text.Json;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Protocols.Json;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>Uplinks of a ChirpStack v4 network server: JSON documents with a frame counter that tells what was lost in the air.</summary>
internal sealed class ChirpStackSource(MqttInSource source, MqttInDevice[] devices, ReadingInbox inbox, SeenList seen, DeviceProblems problems)
    : JsonSource(source, devices, inbox, seen, problems)
{
    /// <summary>A jump of more is a device that was reset or exchanged, not a radio that lost a year of frames.</summary>
    private const uint GapMost = 16_384;

    private static readonly JsonPath Counter = JsonPath.TryParse("fCnt", out JsonPath? path, out _) ? path : throw new InvalidOperationException();

    private readonly Dictionary<int, uint> _counters = [];

    /// <summary>Joins, statuses, acknowledgements and logs hold no values. A topic of the user's own without {metric} holds uplinks only.</summary>
    protected override bool IsOfInterest(ReadOnlySpan<byte> metric) => metric.IsEmpty || metric.SequenceEqual("up"u8);

    protected override void Take(MqttInDevice device, ReadOnlySpan<byte> metric, ReadOnlySpan<byte> payload, long nowTicks)
    {
        // The server leaves out members that are 0.
        uint counter = Counter.TryFind(payload, out Utf8JsonReader value) && value.TokenType == JsonTokenType.Number && value.TryGetUInt32(out uint number) ? number : 0;
        bool isKnown = _counters.TryGetValue(device.Index, out uint last);
        if (isKnown && counter == last && counter != 0)
        {
            return; // The same frame through a gateway that was late.
        }

        _counters[device.Index] = counter;
        base.Take(device, metric, payload, nowTicks);
        uint gap = isKnown && counter > last ? counter - last - 1 : 0;
        if (gap is > 0 and < GapMost)
        {
            Problems.Set(device.Index, $"frames {last + 1} to {counter - 1} never came: the radio link is weak", (int)gap * device.Tags.Length, (int)gap);
        }
    }
}
