using System.Buffers;
using System.Text.Json;
using System.Text;
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
                Add(tag, value, ticks);
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

        if (path.TryFind(payload, out Utf8JsonReader value) && TryTime(value, out long ticks) && TimeText.IsPlausible(ticks, nowTicks))
        {
            return ticks;
        }

        problem = BadClock;
        return nowTicks;
    }

    private bool TryTime(in Utf8JsonReader value, out long ticks)
    {
        ticks = 0;
        return value.TokenType switch
        {
            JsonTokenType.String => TimeText.TryParse(value.ValueSpan, _offset, out ticks),
            JsonTokenType.Number => value.TryGetDouble(out double number) && TimeText.TryNumber(number, out ticks),
            _ => false,
        };
    }

    private void Add(MqttInTag tag, in Utf8JsonReader value, long ticks)
    {
        ReadingBatch live = Inbox.Live;
        switch (value.TokenType)
        {
            case JsonTokenType.Number when value.TryGetInt64(out long whole):
                TagValue.Add(live, tag.Id, tag.Kind, ticks, whole);
                break;
            case JsonTokenType.Number when value.TryGetUInt64(out ulong large):
                TagValue.Add(live, tag.Id, tag.Kind, ticks, large);
                break;
            case JsonTokenType.Number when value.TryGetDouble(out double number) && double.IsFinite(number):
                TagValue.Add(live, tag.Id, tag.Kind, ticks, number);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                TagValue.Add(live, tag.Id, tag.Kind, ticks, value.TokenType == JsonTokenType.True);
                break;
            case JsonTokenType.String when !value.ValueIsEscaped:
                TagValue.AddText(live, tag.Id, tag.Kind, ticks, value.ValueSpan);
                break;
            case JsonTokenType.String:
                AddEscaped(tag, value, ticks);
                break;
            case JsonTokenType.Null:
                // The sender says itself that it has no value.
                live.Add(Reading.Failed(tag.Id, Quality.BadSensorFailure, ticks));
                break;
            default:
                live.Add(Reading.Failed(tag.Id, Quality.BadTypeMismatch, ticks));
                break;
        }
    }

    private void AddEscaped(MqttInTag tag, in Utf8JsonReader value, long ticks)
    {
        byte[] space = ArrayPool<byte>.Shared.Rent(value.ValueSpan.Length);
        try
        {
            TagValue.AddText(Inbox.Live, tag.Id, tag.Kind, ticks, space.AsSpan(0, value.CopyString(space)));
        }
        catch (InvalidOperationException)
        {
            // A lone half of a surrogate pair in an escape: no text.
            Inbox.Live.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(space);
        }
    }
}
