using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Findings;

/// <summary>Finds series of different devices that go through the same course: one machine read twice, or one stream copied.</summary>
/// <remarks>Two readers of one machine sample it at different moments, so courses are compared by the hour and with a tolerance:
/// minimum, maximum and mean of nearly every hour in which both move must agree within a hundredth of the whole range.</remarks>
internal static class IdenticalSeries
{
    private const double Tolerance = 0.01;
    private const double AgreeingMin = 0.95;
    private const int CommonHoursMin = 24;

    /// <summary>Neighbours looked at in the order of the minimum; so many series with one and the same range are a common pattern.</summary>
    private const int NeighboursMax = 64;

    /// <summary>Pairs of series that tell the same, each once.</summary>
    public static IReadOnlyList<SeriesPair> Find(IEnumerable<SeriesProfile> profiles)
    {
        SeriesProfile[] sorted = [.. profiles.Where(p => p.Tells).OrderBy(p => p.Min).ThenBy(p => p.Max).ThenBy(p => p.Key.Agent, StringComparer.Ordinal)
            .ThenBy(p => p.Key.Device, StringComparer.Ordinal).ThenBy(p => p.Key.Tag, StringComparer.Ordinal)];
        List<SeriesPair> pairs = [];
        for (int i = 0; i < sorted.Length; i++)
        {
            SeriesProfile a = sorted[i];
            double tolerance = Tolerance * (a.Max - a.Min);
            for (int k = i + 1; k < Math.Min(sorted.Length, i + NeighboursMax) && sorted[k].Min - a.Min <= tolerance; k++)
            {
                SeriesProfile b = sorted[k];
                if (Math.Abs(b.Max - a.Max) <= tolerance && (b.Key.Agent, b.Key.Device) != (a.Key.Agent, a.Key.Device) && Compare(a, b, tolerance) is { } pair)
                {
                    pairs.Add(pair);
                }
            }
        }

        return pairs;
    }

    private static SeriesPair? Compare(SeriesProfile a, SeriesProfile b, double tolerance)
    {
        int common = 0;
        int agreeing = 0;
        int exact = 0;
        foreach ((int hour, SeriesHour x) in a.Moving)
        {
            if (b.Moving.TryGetValue(hour, out SeriesHour y))
            {
                common++;
                double difference = Math.Max(
                    Math.Max(Math.Abs(x.Min - y.Min), Math.Abs(x.Max - y.Max)), Math.Abs(SeriesProfile.MeanOf(x) - SeriesProfile.MeanOf(y)));
                agreeing += difference <= tolerance ? 1 : 0;
                exact += x.Min == y.Min && x.Max == y.Max ? 1 : 0;
            }
        }

        return common >= CommonHoursMin && agreeing >= AgreeingMin * common && common >= AgreeingMin * Math.Min(a.Moving.Count, b.Moving.Count)
            ? new SeriesPair(a.Key, b.Key, common, agreeing, exact)
            : null;
    }
}

/// <summary>Two series with one course.</summary>
/// <param name="CommonHours">Hours in which both moved.</param>
/// <param name="AgreeingHours">Hours of them in which minimum, maximum and mean agree.</param>
/// <param name="ExactHours">Hours of them in which minimum and maximum are the very same numbers.</param>
internal sealed record SeriesPair(SeriesKey A, SeriesKey B, int CommonHours, int AgreeingHours, int ExactHours);
