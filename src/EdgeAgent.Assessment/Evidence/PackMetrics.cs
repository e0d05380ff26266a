using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Computes the metrics of a pack from its facts, by the engine that computes every other result.</summary>
internal static class PackMetrics
{
    public static AssessmentResult Compute(PackFacts facts)
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

        return AssessmentEngine.Assess(new AssessmentInputs
        {
            Site = facts.Site,
            Ledger = facts.Ledger,
            Pack = facts.Rules,
            Observed = facts.Observed.With(accounts),
            AsOf = facts.AsOf,
            Now = facts.Now,
            Points = facts.Points,
            Before = facts.Baseline,
            Window = facts.Window,
        });
    }
}
