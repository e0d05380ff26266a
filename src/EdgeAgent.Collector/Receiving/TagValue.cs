using System.Buffers.Text;
using System.Globalization;
using System.Text;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Receiving;

/// <summary>Makes readings of a tag's kind out of what a message holds, exactly: a value that does not fit is a bad reading, never a rounded one.</summary>
internal static class TagValue
{
    /// <summary>The largest whole number below 2^63 that a double holds, and one more: bounds within which a cast is exact.</summary>
    private const double Int64Beyond = 9_223_372_036_854_775_808.0;
    private const double UInt64Beyond = 18_446_744_073_709_551_616.0;

    /// <summary>Longer than any number that a device writes.</summary>
    private const int NumberCharsMax = 64;

    public static void Add(ReadingBatch into, int tag, ValueKind kind, long ticks, bool value) =>
        AddInteger(into, tag, kind, ticks, value ? 1 : 0, isBoolean: true);

    public static void Add(ReadingBatch into, int tag, ValueKind kind, long ticks, long value) => AddInteger(into, tag, kind, ticks, value, isBoolean: false);

    public static void Add(ReadingBatch into, int tag, ValueKind kind, long ticks, ulong value)
    {
        if (value <= long.MaxValue)
        {
            AddInteger(into, tag, kind, ticks, (long)value, isBoolean: false);
            return;
        }

        switch (kind)
        {
            case ValueKind.UInt64:
                into.Add(Reading.UInt64(tag, Quality.Good, ticks, value));
                break;
            case ValueKind.Float32:
                into.Add(Reading.Float32(tag, Quality.Good, ticks, value));
                break;
            case ValueKind.Float64:
                into.Add(Reading.Float64(tag, Quality.Good, ticks, value));
                break;
            case ValueKind.Text:
                Span<byte> text = stackalloc byte[20];
                Utf8Formatter.TryFormat(value, text, out int length);
                into.AddBytes(tag, Quality.Good, ticks, ValueKind.Text, text[..length]);
                break;
            default:
                into.Add(Reading.Failed(tag, Quality.BadTypeMismatch, ticks));
                break;
        }
    }

    public static void Add(ReadingBatch into, int tag, ValueKind kind, long ticks, double value)
    {
        switch (kind)
        {
            case ValueKind.Float64:
                into.Add(Reading.Float64(tag, Quality.Good, ticks, value));
                break;
            case ValueKind.Float32 when float.IsFinite((float)value):
                into.Add(Reading.Float32(tag, Quality.Good, ticks, (float)value));
                break;
            case ValueKind.Int64 when value >= -Int64Beyond && value < Int64Beyond && Math.Truncate(value) == value:
                into.Add(Reading.Int64(tag, Quality.Good, ticks, (long)value));
                break;
            case ValueKind.UInt64 when value >= 0 && value < UInt64Beyond && Math.Truncate(value) == value:
                into.Add(Reading.UInt64(tag, Quality.Good, ticks, (ulong)value));
                break;
            case ValueKind.Boolean when value is 0 or 1:
                into.Add(Reading.Boolean(tag, Quality.Good, ticks, value == 1));
                break;
            case ValueKind.Text:
                Span<byte> text = stackalloc byte[32];
                value.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
                into.AddBytes(tag, Quality.Good, ticks, ValueKind.Text, text[..length]);
                break;
            default:
                into.Add(Reading.Failed(tag, Quality.BadTypeMismatch, ticks));
                break;
        }
    }

    /// <summary>Takes a text, or the number or truth that it spells; blanks around it do not count.</summary>
    /// <param name="utf8">Need not be valid UTF-8.</param>
    public static void AddText(ReadingBatch into, int tag, ValueKind kind, long ticks, ReadOnlySpan<byte> utf8)
    {
        if (kind == ValueKind.Text)
        {
            if (System.Text.Unicode.Utf8.IsValid(utf8))
            {
                into.AddBytes(tag, Quality.Good, ticks, ValueKind.Text, utf8);
            }
            else
            {
                into.Add(Reading.Failed(tag, Quality.BadDecodingError, ticks));
            }

            return;
        }

        ReadOnlySpan<byte> text = utf8.Trim(" \t\r\n"u8);
        if (TryInteger(text, out long whole))
        {
            Add(into, tag, kind, ticks, whole);
        }
        else if (Utf8Parser.TryParse(text, out ulong large, out int used) && used == text.Length)
        {
            Add(into, tag, kind, ticks, large);
        }
        else if (kind == ValueKind.Boolean)
        {
            AddTruth(into, tag, ticks, text);
        }
        else if (IsPlainNumber(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number))
        {
            Add(into, tag, kind, ticks, number);
        }
        else
        {
            into.Add(Reading.Failed(tag, Quality.BadDecodingError, ticks));
        }
    }

    private static void AddTruth(ReadingBatch into, int tag, long ticks, ReadOnlySpan<byte> text)
    {
        bool isTrue = Is(text, "true"u8) || Is(text, "on"u8) || Is(text, "yes"u8);
        bool isFalse = Is(text, "false"u8) || Is(text, "off"u8) || Is(text, "no"u8);
        into.Add(isTrue || isFalse ? Reading.Boolean(tag, Quality.Good, ticks, isTrue) : Reading.Failed(tag, Quality.BadDecodingError, ticks));
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);

    private static bool TryInteger(ReadOnlySpan<byte> text, out long value)
    {
        ReadOnlySpan<byte> digits = text is [(byte)'+', ..] ? text[1..] : text;
        return Utf8Parser.TryParse(digits, out value, out int used) && used == digits.Length && digits.Length > 0;
    }

    /// <summary>Digits, signs, a point and an exponent: "NaN", "Infinity" and hexadecimal are no readings. Still it may be beyond every double.</summary>
    private static bool IsPlainNumber(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= NumberCharsMax && text.IndexOfAnyExcept("0123456789+-.eE"u8) < 0;

    private static void AddInteger(ReadingBatch into, int tag, ValueKind kind, long ticks, long value, bool isBoolean)
    {
        switch (kind)
        {
            case ValueKind.Int64:
                into.Add(Reading.Int64(tag, Quality.Good, ticks, value));
                break;
            case ValueKind.UInt64 when value >= 0:
                into.Add(Reading.UInt64(tag, Quality.Good, ticks, (ulong)value));
                break;
            case ValueKind.Float64:
                into.Add(Reading.Float64(tag, Quality.Good, ticks, value));
                break;
            case ValueKind.Float32:
                into.Add(Reading.Float32(tag, Quality.Good, ticks, value));
                break;
            case ValueKind.Boolean when value is 0 or 1:
                into.Add(Reading.Boolean(tag, Quality.Good, ticks, value == 1));
                break;
            case ValueKind.Text when isBoolean:
                into.AddBytes(tag, Quality.Good, ticks, ValueKind.Text, value == 1 ? "true"u8 : "false"u8);
                break;
            case ValueKind.Text:
                Span<byte> text = stackalloc byte[20];
                Utf8Formatter.TryFormat(value, text, out int length);
                into.AddBytes(tag, Quality.Good, ticks, ValueKind.Text, text[..length]);
                break;
            default:
                into.Add(Reading.Failed(tag, Quality.BadTypeMismatch, ticks));
                break;
        }
    }
}
