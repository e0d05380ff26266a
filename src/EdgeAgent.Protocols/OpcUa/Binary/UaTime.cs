namespace EdgeAgent.Protocols.OpcUa.Binary;

/// <summary>Instants on the wire: 100 ns since 1601-01-01 UTC; 0 is "none", the highest number is "for ever".</summary>
internal static class UaTime
{
    // Ticks of .NET count from the year 1.
    private const long TicksAt1601 = 504_911_232_000_000_000;
    private static readonly long s_lastTicks = DateTime.MaxValue.Ticks;

    public static DateTime FromWire(long value) => new(TicksFromWire(value), DateTimeKind.Utc);

    public static long TicksFromWire(long value) => value <= 0 ? 0 : value > s_lastTicks - TicksAt1601 ? s_lastTicks : value + TicksAt1601;

    public static long ToWire(long ticks) => ticks <= TicksAt1601 ? 0 : ticks >= s_lastTicks ? long.MaxValue : ticks - TicksAt1601;
}
