namespace EdgeAgent.Assessment.Indicators;

/// <summary>The hourly accounts of one source over history and window, with what is known of each hour and where nothing is.</summary>
internal sealed class HourSeries
{
    private readonly int fromHour;
    private readonly int windowFromHour;
    private readonly long[] due;
    private readonly HourCounts[] window;

    /// <param name="fromHour">First hour of the history.</param>
    /// <param name="windowFromHour">First hour of the window; counts other than due ones are kept from here on.</param>
    /// <param name="toHour">End of the series, exclusive.</param>
    public HourSeries(int fromHour, int windowFromHour, int toHour)
    {
        this.fromHour = fromHour;
        this.windowFromHour = windowFromHour;
        ToHour = toHour;
        due = new long[toHour - fromHour];
        Array.Fill(due, -1);
        window = new HourCounts[toHour - windowFromHour];
    }

    public int ToHour { get; }

    /// <summary>The first hour with accounts, or null.</summary>
    public int? FirstHour { get; private set; }

    public void Add(int hour, in HourCounts counts)
    {
        due[hour - fromHour] = Math.Max(0, due[hour - fromHour]) + counts.Due;
        FirstHour = Math.Min(FirstHour ?? hour, hour);
        if (hour >= windowFromHour)
        {
            window[hour - windowFromHour] = window[hour - windowFromHour].Plus(counts);
        }
    }

    /// <summary>Adds all of another series of the same hours.</summary>
    public void Add(HourSeries other)
    {
        for (int i = 0; i < due.Length; i++)
        {
            if (other.due[i] >= 0)
            {
                due[i] = Math.Max(0, due[i]) + other.due[i];
            }
        }

        for (int i = 0; i < window.Length; i++)
        {
            window[i] = window[i].Plus(other.window[i]);
        }

        FirstHour = FirstHour is { } mine && other.FirstHour is { } theirs ? Math.Min(mine, theirs) : FirstHour ?? other.FirstHour;
    }

    /// <summary>Whether there are accounts of the hour; hours outside the series have none.</summary>
    public bool Has(int hour) => hour >= fromHour && hour < ToHour && due[hour - fromHour] >= 0;

    /// <summary>Readings due in an hour with accounts.</summary>
    public long DueAt(int hour) => due[hour - fromHour];

    /// <summary>The counts of an hour of the window.</summary>
    public ref readonly HourCounts At(int hour) => ref window[hour - windowFromHour];
}
