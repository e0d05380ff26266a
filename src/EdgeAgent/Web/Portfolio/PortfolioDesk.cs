using System.Globalization;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Portfolio;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Commands;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Assess;

namespace EdgeAgent.Web.Portfolio;

/// <summary>The roll-up of all enterprises, made beside the requests and kept for a minute.</summary>
/// <param name="alarmsOf">Alarms that stand for a site; null where this process does not know.</param>
internal sealed class PortfolioDesk(HubFiles files, ITimeSeriesStore store, AccountCaches accounts, TimeProvider time, Func<string, int?> alarmsOf, CancellationToken stopping)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>An agent of which no reading is newer is silent; gateways send at least every few minutes, and lines are cut for a while.</summary>
    private static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private (PortfolioView View, DateTimeOffset MadeAt)? _last;
    private Task<PortfolioView>? _making;
    private string? _problem;

    /// <exception cref="StoreUnavailableException">There is none at hand, and the store cannot be read.</exception>
    public async Task<PortfolioView> ReadAsync(CancellationToken cancellation)
    {
        Task<PortfolioView> making;
        lock (_gate)
        {
            bool fresh = _last is { } known && time.GetUtcNow() - known.MadeAt < Fresh;
            if (!fresh)
            {
                _making ??= Task.Run(MakeAsync, stopping);
            }

            if (_last is { } last)
            {
                return last.View with { Refreshing = !fresh, Problem = _problem };
            }

            making = _making!;
        }

        return await making.WaitAsync(cancellation);
    }

    private async Task<PortfolioView> MakeAsync()
    {
        try
        {
            PortfolioView view = await RollUpAsync();
            Done(view, null);
            return view;
        }
        catch (Exception problem)
        {
            Done(null, problem.Message);
            throw;
        }
    }

    private void Done(PortfolioView? view, string? problem)
    {
        lock (_gate)
        {
            _last = view is null ? _last : (view, time.GetUtcNow());
            _problem = problem;
            _making = null;
        }
    }

    private async Task<PortfolioView> RollUpAsync()
    {
        DateTimeOffset now = time.GetUtcNow();
        LoadedRulePack pack = files.LoadRules(new DeviceLedger([], ""));
        string[] sites = [.. (await store.ListAgentsAsync(stopping)).Select(a => a.Site).Append(files.Site).Distinct().Order(StringComparer.Ordinal)];
        PortfolioReport report = await new PortfolioAssessment(store, accounts.For(pack.Rules.AllowSimulated), pack, time)
            .AssessAsync([.. sites.Select(site => PortfolioCommand.Load(site, files.Site, files.Hub, "the configuration", now, time))], now, stopping);
        ILookup<string, SiteAgentView> agents = await AgentsAsync(null, now);
        EnterpriseView[] items = [.. report.Sites.Select(e => ViewOf(e, [.. agents[e.Site]], now)).OrderByDescending(e => e.Attention.Select(a => a.Weight).FirstOrDefault()).ThenByDescending(e => e.Weight).ThenBy(e => e.DaysLeft ?? int.MaxValue).ThenBy(e => e.Name, StringComparer.Ordinal)];
        return new PortfolioView(
            report.AsOf, report.RulePackId, items.Length, [.. report.ByLevel.Select(l => l.Enterprises)], (int)report.AtLevel2.N, (int)report.AtLevel2.D, report.EveryCheck, items.Any(i => i.Simulated), false, null,
            [.. report.ByIndustry.Select(i => new IndustryView(i.Industry, i.Enterprises, ShareOf(i.Digitalization), ShareOf(i.Networking), ShareOf(i.AtLevel2)))], items);
    }

    /// <summary>One enterprise, assessed by itself with every check, as it stands now.</summary>
    /// <exception cref="ApiProblem">The hub has no such site.</exception>
    public async Task<SiteView> ReadSiteAsync(string site, CancellationToken cancellation)
    {
        PortfolioView all = await ReadAsync(cancellation);
        EnterpriseView enterprise = all.Items.FirstOrDefault(i => i.Site == site)
            ?? throw ApiProblem.NotFound(new($"没有站点“{site}”。", $"There is no site '{site}'."));
        DateTimeOffset now = time.GetUtcNow();
        SiteAgentView[] agents = [.. (await AgentsAsync(site, now))[site].OrderByDescending(a => a.Silent).ThenBy(a => a.Agent, StringComparer.Ordinal)];
        PortfolioEnterprise known = PortfolioCommand.Load(site, files.Site, files.Hub, "the configuration", now, time);
        if (known.Ledger is not { } ledger)
        {
            return new SiteView(enterprise, site == files.Site, now, agents, [], []);
        }

        LoadedRulePack pack = known.Pack ?? files.LoadRules(new DeviceLedger([], ""));
        AssessmentResult result = AssessmentEngine.Assess(new AssessmentInputs
        {
            Site = site, Ledger = ledger, Pack = pack, AsOf = now, Now = now, Points = known.Points, WithTrend = false,
            Observed = await AssessmentReader.ReadAsync(store, site, pack.Rules, now, now, null, known.Points, null, cancellation),
        });
        return new SiteView(
            enterprise, site == files.Site, now, agents,
            [.. result.Devices.Select(d => new SiteDeviceView(d.AssetNo, d.Name, d.Workshop, d.Networked, d.Digital >= DigitalLevel.Evidenced, [.. d.Reasons.Select(ReasonTexts.Text)]))],
            [.. result.Findings.OrderByDescending(f => f.Severity).Select(ViewOf)]);
    }

    private static SiteFindingView ViewOf(Finding finding)
    {
        FindingView view = ResultPages.ViewOf(finding);
        return new SiteFindingView(finding.Severity.ToString().ToLowerInvariant(), finding.Subject, view.Label, view.Text, view.Advice);
    }

    /// <summary>Agents by site, with the newest of their readings.</summary>
    private async Task<ILookup<string, SiteAgentView>> AgentsAsync(string? site, DateTimeOffset now)
    {
        Dictionary<(string, string), long> newest = [];
        foreach (SeriesPoint point in await store.ReadLastAsync(site, stopping))
        {
            (string, string) agent = (point.Series.Site, point.Series.Agent);
            newest[agent] = Math.Max(newest.GetValueOrDefault(agent), point.SourceTicks);
        }

        return (await store.ListAgentsAsync(stopping)).Where(a => site is null || a.Site == site).ToLookup(a => a.Site, a =>
        {
            DateTimeOffset? last = newest.TryGetValue((a.Site, a.Agent), out long ticks) ? UnixTicks.ToDateTimeOffset(ticks) : null;
            return new SiteAgentView(a.Agent, last, last is not { } at || at < now - SilentAfter);
        });
    }

    private EnterpriseView ViewOf(EnterpriseSummary e, SiteAgentView[] agents, DateTimeOffset now)
    {
        // Accounts know the hour of the last good reading only; readings know the second.
        e = agents.Max(a => a.LastReading) is { } newest && newest > (e.LastData ?? DateTimeOffset.MinValue) && newest <= now ? e with { LastData = newest } : e;
        int silent = agents.Count(a => a.Silent);
        int? alarms = alarmsOf(e.Site);
        int? daysLeft = e.ProjectEnds is { } end ? end.DayNumber - ShanghaiTime.DayOf(now).DayNumber : null;
        IReadOnlyList<AttentionView> attention = Attention.Of(e, silent, agents.Length, alarms, daysLeft, now);
        return new EnterpriseView(
            e.Site, e.Name, e.CreditCode, e.Industry, e.Provider, e.Total, Attention.ShareOf(e.Digitalization), e.Digitalization?.Option, Attention.ShareOf(e.Networking), e.Networking?.Option,
            ShareOf(e.Completeness), e.Score, e.Level, e.LevelName, e.Complete, DistanceOf(e.Next), e.DevicesToNextOption, agents.Length, silent, alarms, e.ProjectEnds, daysLeft, e.LastData, e.SevereFindings,
            e.Unledgered, e.Notice is not null, e.Problem, attention, attention.Sum(a => a.Weight));
    }

    private static BilingualText? DistanceOf(LevelDistance? next) => next is null ? null : new(
        $"距{next.Name}差 {LevelText(next.Score)} 分、{next.Scenes} 个场景（其中约束性 {next.Constrained} 个）",
        $"{LevelText(next.Score)} points, {next.Scenes} scenes ({next.Constrained} of them constrained) to level {next.Level}");

    private static string LevelText(decimal points) => points.ToString("0.##", CultureInfo.InvariantCulture);

    private static ShareView ShareOf(Fraction share) => new(share.N, share.D);
}
