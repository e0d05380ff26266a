namespace EdgeAgent.Assessment.Indicators;

/// <summary>The hourly accounts of one source over history and window, with what is known of each hour and where nothing is.</summary>
internal sealed class HourSeries
{
    private readonly int _fromHour;
    private readonly int _windowFromHour;
    private readonly long[] _due;
    private readonly HourCounts[] _window;

    /// <param name="fromHour">First hour of the history.</param>
    /// <param name="windowFromHour">First hour of the window; counts other than due ones are kept from here on.</param>
    /// <param name="toHour">End of the series, exclusive.</param>
    public HourSeries(int fromHour, int windowFromHour, int toHour)
    {
        _fromHour = fromHour;
        _windowFromHour = windowFromHour;
        ToHour = toHour;
        _due = new long[toHour - fromHour];
        Array.Fill(_due, -1);
        _window = new HourCounts[toHour - windowFromHour];
    }

    public int ToHour { get; }

    /// <summary>The first hour with accounts, or null.</summary>
    public int? FirstHour { get; private set; }

    public void Add(int hour, in HourCounts counts)
    {
        _due[hour - _fromHour] = Math.Max(0, _due[hour - _fromHour]) + counts.Due;
        FirstHour = Math.Min(FirstHour ?? hour, hour);
        if (hour >= _windowFromHour)
        {
            _window[hour - _windowFromHour] = _window[hour - _windowFromHour].Plus(counts);
        }
    }

    /// <summary>Adds all of another series of the same hours.</summary>
    public void Add(HourSeries other)
    {
        for (int i = 0; i < _due.Length; i++)
        {
            if (other._due[i] >= 0)
            {
                _due[i] = Math.Max(0, _due[i]) + other._due[i];
            }
        }

        for (int i = 0; i < _window.Length; i++)
        {
            _window[i] = _window[i].Plus(other._window[i]);
        }

        FirstHour = FirstHour is { } mine && other.FirstHour is { } theirs ? Math.Min(mine, theirs) : FirstHour ?? other.FirstHour;
    }

    /// <summary>Whether there are accounts of the hour; hours outside the series have none.</summary>
    public bool Has(int hour) => hour >= _fromHour && hour < ToHour && _due[hour - _fromHour] >= 0;

    /// <summary>Readings due in an hour with accounts.</summary>
    public long DueAt(int hour) => _due[hour - _fromHour];

    /// <summary>The counts of an hour of the window.</summary>
    public ref readonly HourCounts At(int hour) => ref _window[hour - _windowFromHour];
}
