using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Commands;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Assess.Jobs;
using EdgeAgent.Web.LedgerPages;

namespace EdgeAgent.Web.Assess;

/// <summary>What the pages of the assessment are made of: the hub's files and store, its ledger, and assessments at hand.</summary>
internal sealed class AssessSource : IDisposable
{
    public AssessSource(LedgerDesk desk, ITimeSeriesStore store, AccountCaches accounts, CancellationToken stopping)
    {
        (Desk, Store, Accounts, Stopping) = (desk, store, accounts, stopping);
        Challenges = new AuditLog(Files.ChallengeLogPath, Time);
        Results = new AssessedResults(() => Stamp, MakeAsync, Time, stopping);
        Jobs = new JobDesk(Path.Combine(Files.Hub.DataDirectory, "jobs", Uri.EscapeDataString(Files.Site).Replace(".", "%2E", StringComparison.Ordinal)), Time, stopping);
    }

    public LedgerDesk Desk { get; }

    public HubFiles Files => Desk.Files;

    public ITimeSeriesStore Store { get; }

    public AccountCaches Accounts { get; }

    public TimeProvider Time => Desk.Time;

    /// <summary>Ends with the process; challenges are watched until then.</summary>
    public CancellationToken Stopping { get; }

    public AuditLog Challenges { get; }

    public AssessedResults Results { get; }

    public JobDesk Jobs { get; }

    /// <summary>What an assessment at hand must rest on: this ledger, and the baseline once there is one.</summary>
    private string Stamp => Files.HasBaseline ? Desk.Stamp + " with baseline" : Desk.Stamp;

    public async Task<AssessmentResult> AssessAsync(DateTimeOffset? asOf, WindowLength? window, CancellationToken cancellation) =>
        (await Results.ReadAsync(new AssessmentQuestion(asOf, window, null), cancellation)).Assessed.Result;

    /// <summary>Makes an assessment now, whatever is at hand; jobs that write documents use it.</summary>
    public async Task<Assessed> MakeAsync(AssessmentQuestion question, CancellationToken cancellation)
    {
        DateTimeOffset now = Time.GetUtcNow();
        DateTimeOffset asOf = question.AsOf ?? now;
        string stamp = Stamp;
        DeviceLedger ledger = Desk.AsOf(asOf);
        if (!Desk.IsRecorded && Files.Hub.Ledger is null)
        {
            throw ApiProblem.Conflict(new("还没有设备台账：请先导入台账。", "There is no device ledger, so there is nothing to divide by: import one first."));
        }

        LoadedRulePack rules = RulesOf(question.Pack, ledger);
        PointTable points = Files.LoadPoints();
        SignedBaseline? before = Files.ReadBaseline() is { } baseline ? SignedBaseline.Read(baseline, default) : null;
        Observations observed = await AssessmentReader.ReadAsync(
            Store, Files.Site, rules.Rules, asOf, now, question.Window, points, question.IsUsual ? new AccountHistory(rules.Rules.AllowSimulated) : null, cancellation);
        AssessmentResult Assess(Observations all) => AssessmentEngine.Assess(new AssessmentInputs
        {
            Site = Files.Site, Ledger = ledger, Pack = rules, Observed = all, AsOf = asOf, Now = now, Points = points, Before = before, Window = question.Window,
        });
        if (!question.IsUsual)
        {
            return new Assessed(Assess(observed), ledger, rules, stamp);
        }

        // Only the newest window is kept at hand: another one would push its hours out.
        (int fromHour, int toHour) = HoursOf(rules, asOf);
        AssessmentResult result = await Accounts.For(rules.Rules.AllowSimulated).UseAsync(fromHour, toHour, now, accounts => Assess(observed with { Accounts = accounts }), cancellation);
        return new Assessed(result, ledger, rules, stamp);
    }

    /// <summary>The hours that the newest window needs; the roll-up asks for the same, so that both find them at hand.</summary>
    public static (int FromHour, int ToHour) HoursOf(LoadedRulePack rules, DateTimeOffset asOf)
    {
        ObservationWindow window = ObservationWindow.Ending(asOf, WindowLength.Of(rules.Rules));
        return (window.FromHour - (24 * rules.Rules.HistoryDays), Math.Max(window.ToHour, UnixTicks.HourOf(UnixTicks.From(asOf))) + 1);
    }

    public LoadedRulePack RulesOf(string? pack, DeviceLedger ledger)
    {
        if (pack is null)
        {
            return Files.LoadRules(ledger);
        }

        // By name only: a path would let whoever asks read files of the machine.
        if (!RulePackCatalog.EmbeddedIds.Contains(pack))
        {
            throw ApiProblem.BadRequest(new($"没有规则包“{pack}”。", $"There is no rule pack '{pack}'; expected one of {string.Join(", ", RulePackCatalog.EmbeddedIds)}."));
        }

        try
        {
            return ledger.Overrides.Count > 0 ? RulePackCatalog.WithOverrides(pack, ledger.Overrides) : RulePackCatalog.Load(pack);
        }
        catch (RulePackException problem)
        {
            throw ApiProblem.BadRequest(problem.Message);
        }
    }

    public void Dispose() => Results.Dispose();
}
