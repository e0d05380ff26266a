using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Web.Plant.Hours;

namespace EdgeAgent.Web.Plant.Trends;

/// <summary>Makes a series for a chart from what the store gives: points, gaps and bands.</summary>
internal static class TrendBuilder
{
    /// <summary>Periods without a reading after which it is asked whether they are missing.</summary>
    private const int SilencePeriods = 3;

    /// <param name="heardTicks">When the device was last heard of; a silence is known to be none until then.</param>
    public static TrendSeriesView Build(
        SeriesInfo series, string id, IReadOnlyList<RangePoint> points, IReadOnlyDictionary<int, HourCell> hours, long fromTicks, long toTicks, long bucketTicks, long heardTicks)
    {
        long interval = Math.Max(1, series.IntervalMs) * UnixTicks.PerMillisecond;
        bool isCut = points.Any(p => p.Count > 1);
        long width = isCut ? bucketTicks : 0;
        GapRule rule = new(hours, interval);
        List<TrendSpanView> gaps = [];
        long silentFrom = fromTicks;
        // What comes after this instant nobody can know yet.
        long knownTo = Math.Min(toTicks, Math.Max(heardTicks, points.Count > 0 ? points[^1].Ticks + width : fromTicks));
        foreach (RangePoint point in points)
        {
            AddGaps(gaps, rule, silentFrom, point.Ticks, width + (SilencePeriods * interval), endsInReading: true);
            silentFrom = Math.Max(silentFrom, point.Ticks + width);
        }

        AddGaps(gaps, rule, silentFrom, knownTo, SilencePeriods * interval, endsInReading: false);
        if (toTicks - knownTo >= SilencePeriods * interval && knownTo < toTicks)
        {
            gaps.Add(new TrendSpanView(MsOf(knownTo), MsOf(toTicks)));
        }

        return new TrendSeriesView(
            id, series.Unit, series.Kind.ToString().ToLowerInvariant(), series.DecimalPlaces, series.IntervalMs, width / UnixTicks.PerMillisecond,
            [.. points.Select(p => PointOf(p))], Merged(gaps), BandsOf(points, width, toTicks));
    }

    private static void AddGaps(List<TrendSpanView> gaps, GapRule rule, long from, long to, long least, bool endsInReading)
    {
        if (to - from >= least)
        {
            gaps.AddRange(rule.Within(from, to, endsInReading).Select(gap => new TrendSpanView(MsOf(gap.From), MsOf(gap.To))));
        }
    }

    private static List<TrendSpanView> Merged(List<TrendSpanView> gaps)
    {
        List<TrendSpanView> merged = [];
        foreach (TrendSpanView gap in gaps)
        {
            if (merged.Count > 0 && merged[^1].To >= gap.From)
            {
                merged[^1] = merged[^1] with { To = Math.Max(merged[^1].To, gap.To) };
            }
            else
            {
                merged.Add(gap);
            }
        }

        return merged;
    }

    private static TrendPointView PointOf(in RangePoint point)
    {
        double value = NumberOf(point.Last);
        return new TrendPointView(
            MsOf(point.Ticks), double.IsFinite(value) ? value : null,
            point.Count > 1 && double.IsFinite(point.Min) ? point.Min : null, point.Count > 1 && double.IsFinite(point.Max) ? point.Max : null,
            SeverityOf(point.WorstQuality), point.Count > 1 ? point.Count : null);
    }

    /// <summary>A reading's quality holds until the next one.</summary>
    private static List<TrendBandView> BandsOf(IReadOnlyList<RangePoint> points, long width, long toTicks)
    {
        List<TrendBandView> bands = [];
        for (int i = 0; i < points.Count; i++)
        {
            int severity = SeverityOf(points[i].WorstQuality);
            if (severity == 0)
            {
                continue;
            }

            long end = width > 0 ? points[i].Ticks + width : i + 1 < points.Count ? points[i + 1].Ticks : toTicks;
            (long from, long to, string quality) = (MsOf(points[i].Ticks), MsOf(Math.Min(end, toTicks)), points[i].WorstQuality.ToString());
            if (bands.Count > 0 && bands[^1] is var last && last.To >= from && last.Q == severity && last.Quality == quality)
            {
                bands[^1] = last with { To = to };
            }
            else
            {
                bands.Add(new TrendBandView(from, to, severity, quality));
            }
        }

        return bands;
    }

    public static int SeverityOf(Quality quality) => quality.IsGood ? 0 : quality.IsUncertain ? 1 : 2;

    private static double NumberOf(in StoredValue value) => new Reading(0, Quality.Good, 0, value.Kind, value.Bits).ToDouble();

    private static long MsOf(long ticks) => ticks / UnixTicks.PerMillisecond;
}
