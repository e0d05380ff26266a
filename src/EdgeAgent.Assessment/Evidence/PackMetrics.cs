using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Computes the metrics of a pack from its facts.</summary>
internal static class PackMetrics
{
    private const long SkewTicksMax = 5 * TimeSpan.TicksPerMinute;

    public static CoverageReport Compute(PackFacts facts)
    {
        ObservationWindow window = facts.ObservationWindow;
        ObservationSet set = new(window, facts.Rules.Rules.HistoryDays, facts.Rules.Rules.AllowSimulated);
        int firstAhead = UnixTicks.HourOf(UnixTicks.From(facts.Now) + SkewTicksMax) + 1;
        int toHour = Math.Min(set.ToHour, firstAhead);
        foreach (DeviceHour row in facts.Before.Concat(facts.Accounts))
        {
            if (row.Account.Hour >= firstAhead)
            {
                set.AddAhead(row);
            }
            else if (row.Account.Hour >= set.HistoryFromHour && row.Account.Hour < toHour)
            {
                set.Add(row);
            }
        }

        bool isOverride = window.Length != PackFacts.LengthOf(facts.Rules.Rules);
        return new ReportBuilder(facts.Ledger, facts.Rules, set, facts.Now).Build(facts.Site, isOverride);
    }
}
