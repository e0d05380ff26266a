using System.CommandLine;
using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Reports;
using EdgeAgent.Assessment.Reports.Pdf;
using EdgeAgent.Assessment.Reports.Workbooks;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent report</c>: the acceptance forms as Word documents and PDF, and the lists as spreadsheets.</summary>
internal static class ReportCommand
{
    private static readonly string[] All = ["1.1", "1.2", "1.3", "one-page", "lists"];

    public static Command Create(CommandContext context)
    {
        Argument<string> file = new("file") { Description = "The configuration file of the hub." };
        Option<string[]> forms = new("--form") { Description = "1.1, 1.2, 1.3, one-page, lists, or all; may be given several times.", DefaultValueFactory = _ => ["all"], AllowMultipleArgumentsPerToken = true };
        forms.Validators.Add(result =>
        {
            foreach (string form in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (form != "all" && !All.Contains(form))
                {
                    result.AddError($"There is no form '{form}'; expected all, {string.Join(", ", All)}.");
                }
            }
        });
        Option<string> output = new("--out", "-o") { Description = "Folder to write into.", Required = true };
        Option<string> asOf = new("--as-of") { Description = "Report instant: now, a date (its first moment in Asia/Shanghai), or a date and time with offset.", DefaultValueFactory = _ => "now" };
        Option<string?> window = new("--window") { Description = "Length to look back, for instance 7d, instead of the rule pack's." };
        Command command = new("report", "Fill the acceptance forms (附件1.1 to 1.3), a one-page summary and the lists from ledger and collected data.") { file, forms, output, asOf, window };
        command.SetAction((parsed, cancellation) => RunAsync(
            context, HubFiles.Load(context, parsed.GetRequiredValue(file)), parsed.GetValue(forms)!, parsed.GetRequiredValue(output), parsed.GetValue(asOf)!, parsed.GetValue(window), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        CommandContext context, HubFiles hub, string[] forms, string output, string asOf, string? window, CancellationToken cancellation)
    {
        FormInputs inputs = await InputsAsync(context, hub, HubFiles.ParseInstant(asOf, context.Time.GetUtcNow()), window, cancellation);
        FormKind[] kinds = [.. Enum.GetValues<FormKind>().Where(k => forms.Contains("all") || forms.Contains(k.Code()))];
        bool lists = forms.Contains("all") || forms.Contains("lists");
        try
        {
            SofficeProgram? soffice = kinds.Length > 0 ? SofficeProgram.Find() : null;
            foreach (string path in await ReportFolder.WriteAsync(output, kinds, inputs, soffice, cancellation))
            {
                context.Out.WriteLine(path);
            }

            if (kinds.Length > 0 && soffice is null)
            {
                context.Error.WriteLine(SofficeProgram.HowToGet);
            }

            if (lists)
            {
                string path = Path.Combine(output, AssessmentWorkbook.FileName);
                Directory.CreateDirectory(output);
                await File.WriteAllBytesAsync(path, AssessmentWorkbook.Write(inputs, LatestSamples(hub)), cancellation);
                context.Out.WriteLine(path);
            }
        }
        catch (FormBlockedException problem)
        {
            context.Error.WriteLine(problem.Message);
            return ExitCodes.DoesNotHold;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"The report was not written: {problem.Message}", problem);
        }

        foreach (string blocker in inputs.Result.Blockers)
        {
            context.Error.WriteLine($"草稿 DRAFT: {blocker}");
        }

        return ExitCodes.Done;
    }

    internal static async Task<FormInputs> InputsAsync(CommandContext context, HubFiles hub, DateTimeOffset asOf, string? window, CancellationToken cancellation)
    {
        try
        {
            DeviceLedger ledger = hub.LoadLedger(asOf);
            LoadedRulePack rules = hub.LoadRules(ledger);
            await using ITimeSeriesStore store = StoreFactory.CreateReader(hub.Hub.Store, context.Time, NullLoggerFactory.Instance);
            await store.InitializeAsync(cancellation);
            DateTimeOffset now = context.Time.GetUtcNow();
            PointTable points = hub.LoadPoints();
            AssessmentResult result = AssessmentEngine.Assess(new AssessmentInputs
            {
                Site = hub.Site,
                Ledger = ledger,
                Pack = rules,
                Observed = await AssessmentReader.ReadAsync(store, hub.Site, rules.Rules, asOf, now, HubFiles.ParseWindow(window), points, null, cancellation),
                AsOf = asOf,
                Now = now,
                Points = points,
                Before = hub.ReadBaseline() is { } baseline ? SignedBaseline.Read(baseline, default) : null,
                Window = HubFiles.ParseWindow(window),
            });
            ShelvedPack? pack = hub.Shelf.List().LastOrDefault(p => p.AsOf == result.AsOf);
            return new FormInputs(result, ledger, rules.Rules, pack is null ? null : (pack.Id, pack.ManifestSha256));
        }
        catch (Exception problem) when (problem is StoreUnavailableException or StoreDamagedException or InvalidDataException or IOException)
        {
            throw CommandFailure.Failed($"The assessment of site {hub.Site} cannot be made: {problem.Message}", problem);
        }
    }

    /// <summary>Raw samples of the newest pack; the forms' lists show the very readings that the pack proves.</summary>
    private static byte[]? LatestSamples(HubFiles hub) =>
        hub.Shelf.List() is [.., var newest] && File.Exists(newest.Path) ? PackContents.Read(newest.Path, "samples.csv") : null;
}
