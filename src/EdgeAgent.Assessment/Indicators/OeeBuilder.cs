using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Inputs of 设备综合效率 for assets of which the 采集点表 names a state or counts.</summary>
internal sealed class OeeBuilder(ObservationSet set, SiteFacts site, Observations observed, PointTable points)
{
    private readonly long _from = set.Window.FromHour * UnixTicks.PerHour;
    private readonly long _to = UnixTicks.From(set.Window.To);

    public IReadOnlyList<OeeInputs> Build(IEnumerable<string> counted)
    {
        HashSet<string> assets = new(counted, StringComparer.OrdinalIgnoreCase);
        Dictionary<string, OeeInputs> found = new(StringComparer.OrdinalIgnoreCase);
        OeeInputs Of(string asset) => found.GetValueOrDefault(asset) ?? new OeeInputs(asset, null, null, null, null, null, null);
        foreach (StateTrace trace in observed.States)
        {
            if (AssetOf(trace.Series) is { } asset && assets.Contains(asset) && points.Find(trace.Series) is { Signal: SceneSignal.State } point)
            {
                (long run, long known) = Measure(trace, point);
                OeeInputs before = Of(asset);
                (run, known) = ((before.RunSeconds ?? 0) + run, (before.ObservedSeconds ?? 0) + known);
                found[asset] = before with { RunSeconds = run, ObservedSeconds = known, Availability = new Fraction(run, known) };
            }
        }

        foreach (SeriesProfile profile in site.Profiles)
        {
            if (AssetOf(profile.Key) is { } asset && assets.Contains(asset) && profile.NeverFalls && points.Find(profile.Key) is { Signal: SceneSignal.Count } point
                && profile.Max - profile.Min is >= 0 and < 1e15 and { } pieces)
            {
                OeeInputs before = Of(asset);
                found[asset] = point.IsGoodCount ? before with { Good = (before.Good ?? 0) + (decimal)pieces } : before with { Total = (before.Total ?? 0) + (decimal)pieces };
            }
        }

        return [.. found.Values.Select(WithQuality).OrderBy(o => o.AssetNo, StringComparer.Ordinal)];
    }

    private static OeeInputs WithQuality(OeeInputs inputs) => inputs is { Good: { } good, Total: > 0 and var total } && good <= total
        ? inputs with { Quality = $"{Math.Round(good * 100 / total, 2, MidpointRounding.AwayFromZero):0.00}%" }
        : inputs;

    private string? AssetOf(SeriesKey series) => site.AssetOf.GetValueOrDefault((new AgentKey(series.Site, series.Agent), series.Device));

    /// <summary>A state holds from its reading to the next one; a bad reading ends what is known. Hours in which the device sent
    /// nothing good are not known, whatever the reading before them said.</summary>
    private (long RunSeconds, long KnownSeconds) Measure(StateTrace trace, PlannedPoint point)
    {
        HourSeries[] lines = [.. set.Sources.Where(s => s.Key.Agent == new AgentKey(trace.Series.Site, trace.Series.Agent) && s.Key.Device == trace.Series.Device).Select(s => s.Value)];
        long run = 0;
        long known = 0;
        for (int i = 0; i < trace.Points.Count; i++)
        {
            RangePoint at = trace.Points[i];
            long begin = Math.Max(at.Ticks, _from);
            long end = Math.Min(i + 1 < trace.Points.Count ? trace.Points[i + 1].Ticks : _to, _to);
            if (!at.WorstQuality.IsGood || end <= begin)
            {
                continue;
            }

            long sent = SentWithin(lines, begin, end);
            known += sent;
            run += IsRunning(at.Last, point) ? sent : 0;
        }

        return (run / UnixTicks.PerSecond, known / UnixTicks.PerSecond);
    }

    private static long SentWithin(HourSeries[] lines, long begin, long end)
    {
        long sent = 0;
        for (long at = begin; at < end;)
        {
            int hour = UnixTicks.HourOf(at);
            long next = Math.Min(end, (hour + 1) * UnixTicks.PerHour);
            sent += lines.Any(line => line.At(hour).Good > 0) ? next - at : 0;
            at = next;
        }

        return sent;
    }

    private static bool IsRunning(StoredValue value, PlannedPoint point)
    {
        double number = value.Kind is ValueKind.Text or ValueKind.Bytes or ValueKind.None ? double.NaN : new Reading(0, Quality.Good, 0, value.Kind, value.Bits).ToDouble();
        return point.Running.Count > 0 ? point.Running.Contains(number) : number is not 0 and not double.NaN;
    }
}
