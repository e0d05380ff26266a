using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Portfolio;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Commands;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
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
        ILookup<string, (string Agent, bool Silent)> agents = await AgentsAsync(now);
        EnterpriseView[] items = [.. report.Sites.Select(e => ViewOf(e, [.. agents[e.Site]], now)).OrderByDescending(e => e.Weight).ThenBy(e => e.DaysLeft ?? int.MaxValue).ThenBy(e => e.Name, StringComparer.Ordinal)];
        return new PortfolioView(
            report.AsOf, report.RulePackId, items.Length, [.. report.ByLevel.Select(l => l.Enterprises)], (int)report.AtLevel2.N, (int)report.AtLevel2.D, report.EveryCheck, items.Any(i => i.Simulated), false, null,
            [.. report.ByIndustry.Select(i => new IndustryView(i.Industry, i.Enterprises, ShareOf(i.Digitalization), ShareOf(i.Networking), ShareOf(i.AtLevel2)))], items);
    }

    /// <summary>Agents by site, and whether any of their readings is recent.</summary>
    private async Task<ILookup<string, (string Agent, bool Silent)>> AgentsAsync(DateTimeOffset now)
    {
        long recent = UnixTicks.From(now - SilentAfter);
        HashSet<(string, string)> sending = [.. (await store.ReadLastAsync(null, stopping)).Where(p => p.SourceTicks >= recent).Select(p => (p.Series.Site, p.Series.Agent))];
        return (await store.ListAgentsAsync(stopping)).ToLookup(a => a.Site, a => (a.Agent, !sending.Contains((a.Site, a.Agent))));
    }

    private EnterpriseView ViewOf(EnterpriseSummary e, (string Agent, bool Silent)[] agents, DateTimeOffset now)
    {
        int silent = agents.Count(a => a.Silent);
        int? alarms = alarmsOf(e.Site);
        int? daysLeft = e.ProjectEnds is { } end ? end.DayNumber - ShanghaiTime.DayOf(now).DayNumber : null;
        IReadOnlyList<AttentionView> attention = Attention.Of(e, silent, agents.Length, alarms, daysLeft);
        return new EnterpriseView(
            e.Site, e.Name, e.CreditCode, e.Industry, e.Provider, e.Total, Attention.ShareOf(e.Digitalization), e.Digitalization?.Option, Attention.ShareOf(e.Networking), e.Networking?.Option,
            ShareOf(e.Completeness), e.Score, e.Level, e.LevelName, e.Complete, e.ToNextLevel, e.DevicesToNextOption, agents.Length, silent, alarms, e.ProjectEnds, daysLeft, e.LastData, e.SevereFindings,
            e.Unledgered, e.Notice is not null, e.Problem, attention, attention.Sum(a => a.Weight));
    }

    private static ShareView ShareOf(Fraction share) => new(share.N, share.D);
}
