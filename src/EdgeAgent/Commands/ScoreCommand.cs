using System.CommandLine;
using System.Text;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent score</c>: the 15 items, the 16 scenes, score, level, subsidy, findings.</summary>
internal static class ScoreCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The configuration file of the hub: its store, ledger, rule pack and point table are used." };
        Option<string?> site = new("--site") { Description = "The site, when the hub serves several; the configuration's own by default." };
        Option<string> asOf = new("--as-of")
        {
            Description = "Report instant: now, a date (its first moment in Asia/Shanghai), or a date and time with offset.",
            DefaultValueFactory = _ => "now",
        };
        Option<string?> window = new("--window") { Description = "Length to look back, for instance 7d, 12h or 10m, instead of the rule pack's." };
        Option<string?> rulePack = new("--rule-pack") { Description = "A built-in rule pack or a .json file, instead of the configuration's." };
        Option<bool> json = new("--json") { Description = "Print one JSON object." };
        Option<bool> diagnosis = new("--diagnosis") { Description = "Print the submission of a diagnosis platform as JSON." };
        Command command = new("score", "Answer the questionnaire: 15 items, 16 scenes, score, level, subsidy estimate, and every finding.")
        {
            file, site, asOf, window, rulePack, json, diagnosis,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            context,
            new Question(
                parsed.GetRequiredValue(file), parsed.GetValue(site), parsed.GetValue(asOf)!, parsed.GetValue(window), parsed.GetValue(rulePack), parsed.GetValue(json), parsed.GetValue(diagnosis)),
            cancellation));
        return command;
    }

    /// <summary>What was asked on the command line.</summary>
    private sealed record Question(string File, string? Site, string AsOf, string? Window, string? RulePack, bool Json, bool Diagnosis);

    private static async Task<int> RunAsync(CommandContext context, Question question, CancellationToken cancellation)
    {
        AppConfig config = ConfigReport.LoadOrFail(question.File, "$.site", "$.hub.store", "$.hub.ledger", "$.hub.rulePack", "$.hub.dataDirectory", "$.hub.points").Config!;
        HubConfig hub = config.Hub ?? throw CommandFailure.BadUsage($"{question.File} has no hub section: a score is computed where the data is stored.");
        DateTimeOffset now = context.Time.GetUtcNow();
        DateTimeOffset asOf = AssessedSite.ParseInstant(question.AsOf, now);
        WindowLength? window = AssessedSite.ParseWindow(question.Window);
        AssessedSite site = new(question.Site ?? config.Site, hub, question.File, context.Time);
        DeviceLedger ledger = site.LoadLedger(asOf);
        LoadedRulePack pack = site.LoadRulePack(question.RulePack, ledger);
        PointTable points = site.LoadPoints();
        AssessmentResult result = AssessmentEngine.Assess(new AssessmentInputs
        {
            Site = site.Site,
            Ledger = ledger,
            Pack = pack,
            Observed = await ReadAsync(context, site.Site, hub, pack, asOf, now, window, points, cancellation),
            AsOf = asOf,
            Now = now,
            Points = points,
            Before = site.LoadBaseline(BaselineCommand.PublicKeyOf(hub)),
            Window = window,
        });
        context.Out.WriteLine(question.Diagnosis ? Encoding.UTF8.GetString(DiagnosisExport.Write(result, pack.Rules, ledger.Profile?.CreditCode ?? site.Site, new Dictionary<string, string>()))
            : question.Json ? Encoding.UTF8.GetString(AssessmentResultJson.Write(result))
            : AssessmentTable.Write(result).TrimEnd());
        return result.Indicators.Networking.Option is null ? ExitCodes.DoesNotHold : ExitCodes.Done;
    }

    private static async Task<Observations> ReadAsync(
        CommandContext context, string site, HubConfig hub, LoadedRulePack pack, DateTimeOffset asOf, DateTimeOffset now, WindowLength? window, PointTable points, CancellationToken cancellation)
    {
        try
        {
            await using ITimeSeriesStore store = StoreFactory.CreateReader(hub.Store, context.Time, NullLoggerFactory.Instance);
            await store.InitializeAsync(cancellation);
            return await AssessmentReader.ReadAsync(store, site, pack.Rules, asOf, now, window, points, null, cancellation);
        }
        catch (StoreUnavailableException problem)
        {
            throw CommandFailure.Failed($"The store of site {site} cannot be read: {problem.Message}", problem);
        }
        catch (StoreDamagedException problem)
        {
            throw CommandFailure.Failed(problem.Message, problem);
        }
    }
}
