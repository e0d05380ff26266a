using System.Buffers;
using System.Text.Json;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Receiving;

/// <summary>Makes readings of a tag's kind out of JSON values, exactly: what does not fit is a bad reading, never a rounded one.</summary>
internal static class JsonTagValue
{
    /// <param name="value">On the value's first token.</param>
    public static void Add(ReadingBatch into, int tag, ValueKind kind, long ticks, in Utf8JsonReader value)
    {
        switch (value.TokenType)
        {
            case JsonTokenType.Number when value.TryGetInt64(out long whole):
                TagValue.Add(into, tag, kind, ticks, whole);
                break;
            case JsonTokenType.Number when value.TryGetUInt64(out ulong large):
                TagValue.Add(into, tag, kind, ticks, large);
                break;
            case JsonTokenType.Number when value.TryGetDouble(out double number) && double.IsFinite(number):
                TagValue.Add(into, tag, kind, ticks, number);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                TagValue.Add(into, tag, kind, ticks, value.TokenType == JsonTokenType.True);
                break;
            case JsonTokenType.String when !value.ValueIsEscaped:
                TagValue.AddText(into, tag, kind, ticks, value.ValueSpan);
                break;
            case JsonTokenType.String:
                AddEscaped(into, tag, kind, ticks, value);
                break;
            case JsonTokenType.Null:
                // The sender says itself that it has no value.
                into.Add(Reading.Failed(tag, Quality.BadSensorFailure, ticks));
                break;
            default:
                into.Add(Reading.Failed(tag, Quality.BadTypeMismatch, ticks));
                break;
        }
    }

    /// <summary>Reads an instant from a text or a number, see <see cref="TimeText"/>.</summary>
    public static bool TryTime(in Utf8JsonReader value, TimeSpan offset, out long ticks)
    {
        ticks = 0;
        return value.TokenType switch
        {
            JsonTokenType.String => TimeText.TryParse(value.ValueSpan, offset, out ticks),
            JsonTokenType.Number => value.TryGetDouble(out double number) && TimeText.TryNumber(number, out ticks),
            _ => false,
        };
    }

    private static void AddEscaped(ReadingBatch into, int tag, ValueKind kind, long ticks, in Utf8JsonReader value)
    {
        byte[] space = ArrayPool<byte>.Shared.Rent(value.ValueSpan.Length);
        try
        {
            TagValue.AddText(into, tag, kind, ticks, space.AsSpan(0, value.CopyString(space)));
        }
        catch (InvalidOperationException)
        {
            // A lone half of a surrogate pair in an escape: no text.
            into.Add(Reading.Failed(tag, Quality.BadDecodingError, ticks));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(space);
        }
    }
}
