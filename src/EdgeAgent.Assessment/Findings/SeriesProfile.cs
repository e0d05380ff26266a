using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Findings;

/// <summary>The course of one series over the window, hour by hour, as far as it says something: hours in which the value moved.</summary>
internal sealed class SeriesProfile
{
    /// <summary>A course must move its hourly mean over this share of its range, or it repeats itself (a cycle, a set point) and says nothing.</summary>
    private const double MeanTravelMin = 0.05;

    /// <summary>Hours in which the value moves before a course is compared: a shift and a night, three times.</summary>
    private const int MovingHoursMin = 24;

    private readonly Dictionary<int, SeriesHour> _moving;

    public SeriesProfile(SeriesKey key, IReadOnlyCollection<SeriesHour> hours)
    {
        Key = key;
        _moving = hours.Where(h => h.Max > h.Min).ToDictionary(h => h.Hour);
        Min = hours.Min(h => h.Min);
        Max = hours.Max(h => h.Max);
        Good = hours.Sum(h => (long)h.Count);
        double[] means = [.. _moving.Values.Select(MeanOf)];
        MovedAtAll = Max > Min;
        Tells = _moving.Count >= MovingHoursMin && means.Max() - means.Min() >= MeanTravelMin * (Max - Min) && means.Distinct().Count() >= MovingHoursMin / 2;
        NeverFalls = !hours.OrderBy(h => h.Hour).Zip(hours.OrderBy(h => h.Hour).Skip(1)).Any(pair => pair.Second.Min < pair.First.Max - (Math.Abs(pair.First.Max) * 1e-9));
    }

    public SeriesKey Key { get; }

    public double Min { get; }

    public double Max { get; }

    /// <summary>Good readings with a number.</summary>
    public long Good { get; }

    /// <summary>Whether the value was not the same throughout.</summary>
    public bool MovedAtAll { get; }

    /// <summary>Whether another series with the same course would be remarkable.</summary>
    public bool Tells { get; }

    /// <summary>Whether each hour begins no lower than the one before ended, as a cumulative register does.</summary>
    public bool NeverFalls { get; }

    public IReadOnlyDictionary<int, SeriesHour> Moving => _moving;

    public static double MeanOf(SeriesHour hour) => hour.Sum / hour.Count;
}
