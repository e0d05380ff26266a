using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Portfolio;

/// <summary>Assesses every enterprise of a hub at one instant. Accounts are read once for all; what else an enterprise needs is read for itself.</summary>
public sealed class PortfolioAssessment(ITimeSeriesStore store, AccountCache cache, LoadedRulePack pack, TimeProvider time)
{
    /// <summary>Identical series, clocks and chains need each series' sums by hour: up to so many series they are read for every enterprise.</summary>
    private const int CheckedSeriesMax = 20_000;

    /// <summary>A site whose last good reading is older than a day has stopped sending.</summary>
    private const int SilentHours = 24;

    /// <summary>Rolls the enterprises up.</summary>
    /// <param name="enterprises">The sites with their ledgers as of the report instant.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public async Task<PortfolioReport> AssessAsync(IReadOnlyList<PortfolioEnterprise> enterprises, DateTimeOffset asOf, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        ObservationWindow window = ObservationWindow.Ending(asOf, WindowLength.Of(pack.Rules));
        ILookup<string, SeriesInfo> series = (await store.ListSeriesAsync(null, cancellation).ConfigureAwait(false)).ToLookup(s => s.Key.Site);
        ILookup<string, DeviceSource> devices = (await store.ListDevicesAsync(null, cancellation).ConfigureAwait(false)).ToLookup(d => d.Agent.Site);
        bool everyCheck = enterprises.Sum(e => series[e.Site].Count()) <= CheckedSeriesMax;
        ILookup<string, SeriesHour> hours = await ReadHoursAsync(enterprises, series, window, everyCheck, cancellation).ConfigureAwait(false);
        ILookup<string, AgentChain> chains = await ReadChainsAsync(everyCheck ? enterprises : [], cancellation).ConfigureAwait(false);
        return await cache.UseAsync(
            window.FromHour - (24 * pack.Rules.HistoryDays), Math.Max(window.ToHour, UnixTicks.HourOf(UnixTicks.From(asOf))) + 1, now,
            accounts =>
            {
                EnterpriseSummary[] summaries = new EnterpriseSummary[enterprises.Count];
                Parallel.For(0, enterprises.Count, new ParallelOptions { CancellationToken = cancellation }, i => summaries[i] = Assess(
                    enterprises[i], asOf, now, new Observations
                    {
                        Accounts = accounts,
                        Series = [.. series[enterprises[i].Site]],
                        Devices = [.. devices[enterprises[i].Site]],
                        SeriesHours = hours.Contains(enterprises[i].Site) ? [.. hours[enterprises[i].Site]] : null,
                        Chains = everyCheck ? [.. chains[enterprises[i].Site]] : null,
                    }));
                return PortfolioReport.Of(asOf, pack, summaries) with { EveryCheck = everyCheck };
            },
            cancellation).ConfigureAwait(false);
    }

    private EnterpriseSummary Assess(PortfolioEnterprise enterprise, DateTimeOffset asOf, DateTimeOffset now, Observations observed)
    {
        string name = enterprise.Ledger?.Profile?.Name ?? enterprise.Site;
        string industry = enterprise.Ledger?.Profile?.Industry ?? "";
        string provider = enterprise.Ledger?.Project?.Provider ?? "";
        (DateTimeOffset? last, bool stopped) = LastData(observed.Accounts, enterprise.Site, asOf);
        if (enterprise.Ledger is null)
        {
            return new EnterpriseSummary(
                enterprise.Site, name, industry, provider, 0, null, null, default, 0, 0, LevelRule.NoLevel, false, "", 0, last, stopped, enterprise.Problem ?? PortfolioEnterprise.NoLedger.En);
        }

        AssessmentResult result = AssessmentEngine.Assess(new AssessmentInputs
        {
            Site = enterprise.Site,
            Ledger = enterprise.Ledger,
            Pack = enterprise.Pack ?? pack,
            Observed = observed,
            AsOf = asOf,
            Now = now,
            Points = enterprise.Points,
            WithTrend = false,
        });
        LevelDistance? next = result.Score.Next;
        return new EnterpriseSummary(
            enterprise.Site, name, industry, provider, result.Counts.Total, result.Indicators.Digitalization, result.Indicators.Networking, result.Indicators.Completeness,
            result.Score.Total, result.Score.Level, result.Score.LevelName, result.Score.Complete,
            next is null ? "" : $"距 {next.Name} 差 {LevelRule.Shown(next.Score)} 分、{next.Scenes} 个场景、{next.Constrained} 个约束性场景",
            result.Findings.Count(f => f.Severity == FindingSeverity.Severe), last, stopped, null)
        {
            CreditCode = enterprise.Ledger.Profile?.CreditCode ?? "",
            ProjectEnds = enterprise.Ledger.Project?.To,
            Notice = result.Notice,
            FindingCodes = [.. result.Findings.Where(f => f.Severity == FindingSeverity.Severe).Select(f => f.Code).Distinct().Order()],
            Unledgered = result.Counts.Unledgered,
            Next = next,
        };
    }

    private static (DateTimeOffset? Last, bool Stopped) LastData(AccountHistory accounts, string site, DateTimeOffset asOf)
    {
        int toHour = UnixTicks.HourOf(UnixTicks.From(asOf)) + 1;
        int? last = accounts.LastGoodHour(site, toHour);
        return last is { } hour ? (ShanghaiTime.AtHour(hour), hour < toHour - 1 - SilentHours) : (null, false);
    }

    /// <summary>Hourly sums of values: for every site where that is affordable, else for sites whose 采集点表 names registers, which alone decide by them.</summary>
    private async Task<ILookup<string, SeriesHour>> ReadHoursAsync(
        IReadOnlyList<PortfolioEnterprise> enterprises, ILookup<string, SeriesInfo> series, ObservationWindow window, bool everySite, CancellationToken cancellation)
    {
        List<SeriesHour> hours = [];
        foreach (PortfolioEnterprise enterprise in enterprises.Where(e => everySite || series[e.Site].Any(s => e.Points.Find(s.Key)?.Signal is SceneSignal.Energy or SceneSignal.Count)))
        {
            hours.AddRange(await store.ReadSeriesHoursAsync(enterprise.Site, window.FromHour, window.ToHour, cancellation).ConfigureAwait(false));
        }

        return hours.ToLookup(h => h.Series.Site);
    }

    private async Task<ILookup<string, AgentChain>> ReadChainsAsync(IReadOnlyList<PortfolioEnterprise> enterprises, CancellationToken cancellation)
    {
        List<AgentChain> chains = [];
        foreach (PortfolioEnterprise enterprise in enterprises)
        {
            chains.AddRange(await ObservationReader.ReadChainsAsync(store, enterprise.Site, cancellation).ConfigureAwait(false));
        }

        return chains.ToLookup(c => c.Agent.Site);
    }
}

/// <summary>One enterprise to be rolled up.</summary>
/// <param name="Ledger">As of the report instant; null when there is none, or it cannot be read.</param>
/// <param name="Problem">Why there is no ledger.</param>
/// <param name="Points">采集点表.</param>
/// <param name="Pack">The rule pack with the site's overrides; null: the pack of the roll-up.</param>
public sealed record PortfolioEnterprise(string Site, DeviceLedger? Ledger, string? Problem, PointTable Points, LoadedRulePack? Pack = null)
{
    /// <summary>The problem of an enterprise that sends and has no ledger yet.</summary>
    public static BilingualText NoLedger { get; } = new("尚未建立设备台账", "nothing is recorded in its ledger");
}
