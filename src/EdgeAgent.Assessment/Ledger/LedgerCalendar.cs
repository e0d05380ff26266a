using System.Globalization;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>The calendar of ledgers: Asia/Shanghai, UTC+8 all year.</summary>
internal static class LedgerCalendar
{
    private const int OffsetHours = 8;

    public static DateTimeOffset Local(long ticks) => UnixTicks.ToDateTimeOffset(ticks).ToOffset(TimeSpan.FromHours(OffsetHours));

    /// <summary>The instant at which the calendar shows a time.</summary>
    public static long Ticks(DateTime shown) => UnixTicks.From(new DateTimeOffset(DateTime.SpecifyKind(shown, DateTimeKind.Unspecified), TimeSpan.FromHours(OffsetHours)));

    public static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(Local(UnixTicks.Now(time)).DateTime);

    /// <summary>To the minute, for people.</summary>
    public static string Text(long ticks) => Local(ticks).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
