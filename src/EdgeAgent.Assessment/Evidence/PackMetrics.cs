using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Computes the metrics of a pack from its facts.</summary>
internal static class PackMetrics
{
    public static CoverageReport Compute(PackFacts facts)
    {
        ObservationWindow window = facts.ObservationWindow;
        AccountHistory accounts = new(facts.Rules.Rules.AllowSimulated);
        int fromHour = window.FromHour - (24 * facts.Rules.Rules.HistoryDays);
        int firstAhead = ObservationReader.Ahead(facts.Now).FirstAhead;
        Dictionary<DeviceSource, DeviceSource> sources = [];
        foreach (DeviceHour row in facts.Before.Concat(facts.Accounts))
        {
            DeviceSource source = new(row.Agent, row.Device, row.Asset, row.Driver, row.Address);
            source = sources.TryGetValue(source, out DeviceSource? known) ? known : sources[source] = source;
            if (row.Account.Hour >= firstAhead)
            {
                accounts.AddAhead(source);
            }
            else if (row.Account.Hour >= fromHour && row.Account.Hour < window.ToHour + 1)
            {
                accounts.Add(source, row.Account);
            }
        }

        return CoverageAssessment.Compute(new Observations { Accounts = accounts }, facts.Ledger, facts.Rules, facts.Site, window, facts.Now);
    }
}
