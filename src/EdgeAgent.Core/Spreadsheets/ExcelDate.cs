namespace EdgeAgent.Core.Spreadsheets;

/// <summary>Dates as spreadsheets count them: days, with 1900-01-01 as day 1 and a 29 February 1900 that never was.</summary>
public static class ExcelDate
{
    /// <summary>From day 61 (1 March 1900) on, the count is days since this.</summary>
    private static readonly DateOnly Epoch = new(1899, 12, 30);

    /// <summary>1904-01-01, day 0 of files that an old Macintosh wrote.</summary>
    private const int MacintoshOffset = 1462;

    /// <summary>1900-03-01; what lies before is counted wrongly by some programs and meant by nobody.</summary>
    public const int SerialMin = 61;

    /// <summary>2199-12-31.</summary>
    public const int SerialMax = 109_574;

    public static int SerialOf(DateOnly date) => date.DayNumber - Epoch.DayNumber;

    public static decimal SerialOf(DateTimeOffset instant) =>
        SerialOf(DateOnly.FromDateTime(instant.DateTime)) + decimal.Round(instant.TimeOfDay.Ticks / TimeSpan.TicksPerMillisecond / (decimal)TimeSpan.MillisecondsPerDay, 10);

    /// <summary>The date of a serial number; false when it lies outside of 1900-03-01 to 2199-12-31.</summary>
    public static bool TryRead(double serial, bool since1904, out DateOnly date)
    {
        double day = Math.Floor(serial) + (since1904 ? MacintoshOffset : 0);
        bool plausible = day is >= SerialMin and <= SerialMax;
        date = plausible ? Epoch.AddDays((int)day) : default;
        return plausible;
    }

    /// <summary>Date and time of day of a serial number, to the millisecond, which is what a cell holds.</summary>
    public static bool TryReadTime(double serial, bool since1904, out DateTime time)
    {
        bool plausible = TryRead(serial, since1904, out DateOnly date);
        time = plausible ? date.ToDateTime(TimeOnly.MinValue).AddMilliseconds(Math.Round((serial - Math.Floor(serial)) * TimeSpan.MillisecondsPerDay)) : default;
        return plausible;
    }
}
