using System.Globalization;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Receiving;

/// <summary>Reads instants as devices write them: ISO 8601 and its relatives, and digits only.</summary>
internal static class TimeText
{
    /// <summary>2000-01-01: a device whose clock was never set tells a time before it.</summary>
    private const long EarliestTicks = 946_684_800L * UnixTicks.PerSecond;

    /// <summary>Whether a device can mean it: not before 2000, and not more than a day ahead of us.</summary>
    public static bool IsPlausible(long ticks, long nowTicks) => ticks >= EarliestTicks && ticks <= nowTicks + TimeSpan.TicksPerDay;

    /// <summary>Reads <c>2025-11-13T08:30:00.250+08:00</c>, <c>2025/11/13 08:30:00</c>, <c>20251113083000</c> or <c>20251113083000250</c>.</summary>
    /// <param name="offset">Of a text that names no zone.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, TimeSpan offset, out long ticks)
    {
        ticks = 0;
        Span<char> chars = stackalloc char[40];
        if (text.Length is 0 or > 40 || System.Text.Ascii.ToUtf16(text, chars, out int length) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        Span<char> value = chars[..length];
        return value.IndexOfAnyExceptInRange('0', '9') < 0 ? TryDigits(value, offset, out ticks) : TryIso(value, offset, out ticks);
    }

    /// <summary>A number of seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by its size.</summary>
    public static bool TryNumber(double number, out long ticks)
    {
        double perUnit = number switch
        {
            < 1e11 => UnixTicks.PerSecond,
            < 1e14 => UnixTicks.PerMillisecond,
            < 1e17 => 10,
            _ => 0.01,
        };
        double exact = number * perUnit;
        bool fits = exact is > 0 and < 1e18;
        ticks = fits ? (long)exact : 0;
        return fits;
    }

    private static bool TryIso(Span<char> value, TimeSpan offset, out long ticks)
    {
        value.Replace('/', '-');
        bool read = DateTimeOffset.TryParseExact(
            value, ["yyyy-M-dTHH:mm:ss.FFFFFFFK", "yyyy-M-d HH:mm:ss.FFFFFFFK", "yyyy-M-d HH:mmK", "yyyy-M-dTHH:mmK"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out DateTimeOffset time);
        ticks = read ? UnixTicks.From(time) - (NamesZone(value) ? 0 : offset.Ticks) : 0;
        return read;
    }

    private static bool NamesZone(ReadOnlySpan<char> value)
    {
        int clock = value.IndexOf(':');
        return clock >= 0 && value[clock..].IndexOfAny('Z', '+', '-') >= 0;
    }

    private static bool TryDigits(ReadOnlySpan<char> value, TimeSpan offset, out long ticks)
    {
        string? format = value.Length switch { 14 => "yyyyMMddHHmmss", 17 => "yyyyMMddHHmmssfff", _ => null };
        ticks = 0;
        if (format is null || !DateTime.TryParseExact(value, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
        {
            return false;
        }

        ticks = time.Ticks - DateTime.UnixEpoch.Ticks - offset.Ticks;
        return true;
    }
}
