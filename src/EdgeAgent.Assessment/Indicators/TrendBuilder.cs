using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>The trend by day: each day with the window that ends with it, over the same history as the report.</summary>
internal sealed class TrendBuilder(DeviceLedger ledger, LoadedRulePack pack, ObservationSet set, SiteFacts site, DateTimeOffset now)
{
    /// <summary>Days alongside the window, the last day of the window included.</summary>
    private const int DaysMax = 30;

    public IReadOnlyList<DayTrend> Build()
    {
        if (set.Window.Length.Days == 0)
        {
            return [];
        }

        DateOnly last = ShanghaiTime.DayOf(set.Window.To).AddDays(-1);
        DateOnly first = ShanghaiTime.DayOf(ShanghaiTime.AtHour(set.HistoryFromHour)).AddDays(set.Window.Length.Days - 1);
        first = first < last.AddDays(1 - DaysMax) ? last.AddDays(1 - DaysMax) : first;
        DayTrend[] days = new DayTrend[Math.Max(0, last.DayNumber - first.DayNumber + 1)];
        Parallel.For(0, days.Length, i => days[i] = Of(first.AddDays(i)));
        return days;
    }

    private DayTrend Of(DateOnly day)
    {
        DateTimeOffset end = ShanghaiTime.StartOf(day.AddDays(1));
        ObservationSet earlier = set.Earlier(ObservationWindow.Ending(end, set.Window.Length));
        Denominator denominator = new(pack.Rules);
        LedgerEntry[] counted = [.. ledger.Entries.Where(e => denominator.Exclusion(e, end) is null)];
        ILookup<string, KeyValuePair<SourceKey, HourSeries>> sources = earlier.Sources.ToLookup(s => s.Key.Asset, StringComparer.OrdinalIgnoreCase);
        bool lastIsFollowed = UnixTicks.From(now) >= (earlier.Window.ToHour + 1) * UnixTicks.PerHour;
        DeviceRule rule = new(pack.Rules, earlier, site.At(earlier), ledger, lastIsFollowed);
        int networked = 0, digital = 0, sending = 0;
        long good = 0, due = 0;
        int from = ShanghaiTime.FirstHourOf(day);
        foreach (LedgerEntry entry in counted)
        {
            AssetObservation? observation = sources.Contains(entry.AssetNo) ? AssetObservation.Of(sources[entry.AssetNo], earlier) : null;
            DeviceResult result = rule.Assess(entry, observation);
            networked += result.Networked ? 1 : 0;
            digital += result.Digital >= DigitalLevel.Evidenced ? 1 : 0;
            long goodOfDay = 0;
            foreach (HourSeries line in observation?.Lines ?? [])
            {
                for (int hour = from; hour < earlier.Window.ToHour; hour++)
                {
                    HourCounts counts = line.At(hour);
                    goodOfDay += counts.Good;
                    due += counts.Due;
                }
            }

            sending += goodOfDay > 0 ? 1 : 0;
            good += goodOfDay;
        }

        return new DayTrend(day, counted.Length, networked, digital, sending, good, due);
    }
}
