using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>Turns spans of time into differences of a time provider's timestamps and back.</summary>
internal static class StampArithmetic
{
    public static long ToStamps(this TimeSpan span, TimeProvider time) => TicksToStamps(span.Ticks, time);

    public static long TicksToStamps(long ticks, TimeProvider time) =>
        time.TimestampFrequency == TimeSpan.TicksPerSecond
            ? ticks
            : (long)((Int128)ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond);

    public static long StampsToTicks(long stamps, TimeProvider time) =>
        time.TimestampFrequency == TimeSpan.TicksPerSecond
            ? stamps
            : (long)((Int128)stamps * UnixTicks.PerSecond / time.TimestampFrequency);
}
