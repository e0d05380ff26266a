using System.CommandLine;
using System.Globalization;
using System.Text;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Ledger.Storage;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent coverage</c>: which assets are digital and networked, which are not and why, and the two rates.</summary>
internal static class CoverageCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The configuration file of the hub: its store, ledger and rule pack are used." };
        Option<string> asOf = new("--as-of")
        {
            Description = "Report instant: now, a date (its first moment in Asia/Shanghai), or a date and time with offset.",
            DefaultValueFactory = _ => "now",
        };
        Option<string?> window = new("--window") { Description = "Length to look back, for instance 7d, 12h or 10m, instead of the rule pack's." };
        Option<string?> rulePack = new("--rule-pack") { Description = "A built-in rule pack or a .json file, instead of the configuration's." };
        Option<bool> json = new("--json") { Description = "Print one JSON object." };
        Command command = new("coverage", "Compute the networking and digitalization rates, with a reason for each asset that does not count.")
        {
            file, asOf, window, rulePack, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            context,
            new Question(parsed.GetRequiredValue(file), parsed.GetValue(asOf)!, parsed.GetValue(window), parsed.GetValue(rulePack), parsed.GetValue(json)),
            cancellation));
        return command;
    }

    /// <summary>What was asked on the command line.</summary>
    private sealed record Question(string File, string AsOf, string? Window, string? RulePack, bool Json);

    private static async Task<int> RunAsync(CommandContext context, Question question, CancellationToken cancellation)
    {
        AppConfig config = ConfigReport.LoadOrFail(question.File, "$.site", "$.hub.store", "$.hub.ledger", "$.hub.rulePack", "$.hub.dataDirectory").Config!;
        HubConfig hub = config.Hub ?? throw CommandFailure.BadUsage($"{question.File} has no hub section: coverage is computed where the data is stored.");
        WindowLength? window = ParseWindow(question.Window);
        DateTimeOffset asOf = ParseInstant(question.AsOf, context.Time.GetUtcNow());
        DeviceLedger ledger = LoadLedger(context, config.Site, hub, asOf, question.File);
        LoadedRulePack pack = LoadRulePack(question.RulePack ?? hub.RulePack, ledger);
        CoverageReport report = await AssessAsync(context, config.Site, hub, ledger, pack, new AssessmentRequest(config.Site, asOf, window), cancellation);
        context.Out.WriteLine(question.Json ? Encoding.UTF8.GetString(CoverageReportJson.Write(report)) : CoverageTable.Write(report).TrimEnd());
        return report.Networking.Option is null ? ExitCodes.DoesNotHold : ExitCodes.Done;
    }

    private static async Task<CoverageReport> AssessAsync(
        CommandContext context, string site, HubConfig hub, DeviceLedger ledger, LoadedRulePack pack, AssessmentRequest request, CancellationToken cancellation)
    {
        try
        {
            await using ITimeSeriesStore store = StoreFactory.CreateReader(hub.Store, context.Time, NullLoggerFactory.Instance);
            await store.InitializeAsync(cancellation);
            return await new CoverageAssessment(store, ledger, pack, context.Time).AssessAsync(request, cancellation);
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

    private static WindowLength? ParseWindow(string? text) =>
        text is null ? null
        : WindowLength.TryParse(text, out WindowLength length) ? length
        : throw CommandFailure.BadUsage($"--window '{text}' is not a length; expected for instance 7d, 12h or 10m, at most 366d.");

    private static DateTimeOffset ParseInstant(string text, DateTimeOffset now)
    {
        DateTimeOffset instant = text == "now" ? now
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? ShanghaiTime.StartOf(day)
            : HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset exact) ? exact
            : throw CommandFailure.BadUsage($"--as-of '{text}' is not an instant; expected now, 2025-11-20 or 2025-11-20T08:00:00+08:00.");
        return instant <= now ? instant : throw CommandFailure.BadUsage($"--as-of {text} lies in the future; the rates of a day are known when it has come.");
    }

    /// <summary>A time without an offset means something else on each machine.</summary>
    private static bool HasOffset(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');

    private static LoadedRulePack LoadRulePack(string idOrPath, DeviceLedger ledger)
    {
        try
        {
            return ledger.Overrides.Count > 0 ? RulePackCatalog.WithOverrides(idOrPath, ledger.Overrides) : RulePackCatalog.Load(idOrPath);
        }
        catch (RulePackException problem)
        {
            throw CommandFailure.BadUsage(problem.Message);
        }
    }

    /// <summary>What was recorded for the site until the instant; where nothing ever was, the file of the configuration.</summary>
    private static DeviceLedger LoadLedger(CommandContext context, string site, HubConfig hub, DateTimeOffset asOf, string configuration)
    {
        LedgerImport import;
        try
        {
            import = LedgerSource.Load(hub.DataDirectory, site, hub.Ledger, asOf, context.Time);
        }
        catch (Exception problem) when (problem is LedgerDamagedException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"The ledger of site {site} cannot be read: {problem.Message}", problem);
        }

        if (import.Ledger is null && import.Problems.Count == 0)
        {
            throw CommandFailure.BadUsage(
                $"{configuration} names no device ledger, so there is nothing to divide by. Add \"ledger\": \"./ledger.csv\" to its hub section (configs/ledger.csv is a sample), or record one with `edgeagent ledger import`.");
        }

        return import.Ledger ?? throw CommandFailure.BadUsage(
            $"{hub.Ledger}:{Environment.NewLine}{string.Join(Environment.NewLine, import.Problems)}{Environment.NewLine}{import.Problems.Count} problems; nothing was imported.");
    }
}
