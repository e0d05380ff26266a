using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Postgres;

/// <summary>Instants as PostgreSQL keeps them: whole microseconds since 2000 in a <c>timestamptz</c>, and the tenths of a microsecond beside it.</summary>
internal static class PostgresTime
{
    private const long TicksPerMicrosecond = 10;
    private const long EpochMicroseconds = 946_684_800_000_000;

    /// <summary>4713 BC and the year 294276, the ends of <c>timestamptz</c>, in microseconds since 2000.</summary>
    private const long Earliest = -211_813_488_000_000_000;
    private const long Latest = 9_223_371_331_199_999_999;

    /// <summary>Microseconds since 2000, rounded towards the past, and the ticks above (0 to 9).</summary>
    public static (long Microseconds, short Tenths) Split(long ticks)
    {
        long microseconds = Math.DivRem(ticks, TicksPerMicrosecond, out long rest);
        if (rest < 0)
        {
            (microseconds, rest) = (microseconds - 1, rest + TicksPerMicrosecond);
        }

        long since2000 = microseconds - EpochMicroseconds;
        // Earlier than PostgreSQL knows: such a clock is broken, and its batch is kept whole as evidence.
        return since2000 < Earliest ? (Earliest, (short)0) : (Math.Min(since2000, Latest), (short)rest);
    }

    public static long ToTicks(long microseconds, short rest) => ((microseconds + EpochMicroseconds) * TicksPerMicrosecond) + rest;

    /// <summary>Months since 1970 of an instant, by which raw data is partitioned.</summary>
    public static short MonthOf(long ticks)
    {
        DateTimeOffset instant = UnixTicks.ToDateTimeOffset(ticks);
        return (short)(((instant.Year - 1970) * 12) + instant.Month - 1);
    }
}
