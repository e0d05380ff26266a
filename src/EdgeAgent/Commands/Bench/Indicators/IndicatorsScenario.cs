using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Portfolio;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands.Bench.Indicators;

/// <summary>Measures assessments from the embedded store: one large enterprise over a month, a district over a week, and once more after an hour of new data.</summary>
internal sealed class IndicatorsScenario : IBenchScenario
{
    private const double OneTargetSeconds = 1;
    private const double ManyTargetSeconds = 10;

    public string Name => "indicators";

    public string Description => "Rates, score and findings of 1,000 devices over 30 days, and of 500 enterprises with 100 devices over 7 days, from the embedded store.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        List<BenchMeasurement> figures = [];
        await MeasureOneAsync(context, figures);
        await MeasureManyAsync(context, figures);
        return new BenchResult(figures, ["The stores hold accounts without readings; what is measured is reading accounts and applying every rule to them.",
            "Times are of the wall clock with a warm file cache; CPU time stands beside them for a machine that is not idle."]);
    }

    private static async Task MeasureOneAsync(BenchContext context, List<BenchMeasurement> figures)
    {
        context.Report("storing 30 days of 1,000 devices");
        AccountLoad load = new(Sites: 1, Devices: 1000, Days: 30);
        await using SqliteTimeSeriesStore store = await load.StoreAsync(Path.Combine(context.Directory, "one"), context);
        LoadedRulePack pack = RulePackCatalog.Load(RulePackCatalog.DefaultId);
        DeviceLedger ledger = AccountLoad.LedgerOf(0, 1000);
        using AccountCache cache = new(store, allowSimulated: false);
        for (int round = 0; round < 2; round++)
        {
            context.Report(round == 0 ? "assessing 1,000 devices, everything read" : "assessing 1,000 devices again");
            (double seconds, double cpu) = await TimeAsync(context, async () =>
            {
                ObservationWindow window = ObservationWindow.Ending(load.End, WindowLength.Of(pack.Rules));
                _ = await cache.UseAsync(
                    window.FromHour - (24 * pack.Rules.HistoryDays), window.ToHour + 1, load.Now,
                    accounts => AssessmentEngine.Assess(Inputs(ledger, pack, accounts, load)), context.Cancellation);
            });
            string name = round == 0 ? "1,000 devices, 30 days: first assessment" : "1,000 devices, 30 days: again, nothing new";
            figures.Add(round == 0 ? BenchMeasurement.AtMost(name, seconds, "s", OneTargetSeconds) : BenchMeasurement.Observed(name, seconds, "s"));
            figures.Add(BenchMeasurement.Observed($"{name}, CPU", cpu, "s"));
        }
    }

    private static AssessmentInputs Inputs(DeviceLedger ledger, LoadedRulePack pack, AccountHistory accounts, AccountLoad load) => new()
    {
        Site = AccountLoad.SiteName(0),
        Ledger = ledger,
        Pack = pack,
        Observed = new Observations { Accounts = accounts },
        AsOf = load.End,
        Now = load.Now,
    };

    private static async Task MeasureManyAsync(BenchContext context, List<BenchMeasurement> figures)
    {
        context.Report("storing 7 days of 500 enterprises");
        AccountLoad load = new(Sites: 500, Devices: 100, Days: 7);
        await using SqliteTimeSeriesStore store = await load.StoreAsync(Path.Combine(context.Directory, "many"), context);
        LoadedRulePack pack = RulePackCatalog.Load(RulePackCatalog.DefaultId);
        PortfolioEnterprise[] enterprises = [.. Enumerable.Range(0, load.Sites).Select(i => new PortfolioEnterprise(AccountLoad.SiteName(i), AccountLoad.LedgerOf(i, load.Devices), null, PointTable.Empty))];
        using AccountCache cache = new(store, allowSimulated: false);
        PortfolioAssessment portfolio = new(store, cache, pack, new FixedTime(load.Now));
        PortfolioReport? first = null;
        foreach (string round in (string[])["first", "again, nothing new", "again, one more hour"])
        {
            if (round == "again, one more hour")
            {
                await load.StoreHourAsync(store, load.LastHour, context);
            }

            context.Report($"assessing 500 enterprises: {round}");
            PortfolioReport? report = null;
            (double seconds, double cpu) = await TimeAsync(context, async () => report = await portfolio.AssessAsync(enterprises, load.End, context.Cancellation));
            string name = $"500 enterprises × 100 devices, 7 days: {round}";
            figures.Add(round == "first" ? BenchMeasurement.AtMost(name, seconds, "s", ManyTargetSeconds) : BenchMeasurement.Observed(name, seconds, "s"));
            figures.Add(BenchMeasurement.Observed($"{name}, CPU", cpu, "s"));
            figures.Add(BenchMeasurement.Observed($"{name}, hours read", cache.HoursRead, "h"));
            first ??= report;
        }

        figures.Add(BenchMeasurement.AtLeast("enterprises assessed", first!.Sites.Count(s => s.Problem is null), "", load.Sites));
    }

    private static async Task<(double Seconds, double CpuSeconds)> TimeAsync(BenchContext context, Func<Task> work)
    {
        TimeSpan cpu = CpuTime.OfThisProcess();
        long start = context.Time.GetTimestamp();
        await work();
        return (context.Time.GetElapsedTime(start).TotalSeconds, (CpuTime.OfThisProcess() - cpu).TotalSeconds);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
