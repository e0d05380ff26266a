using System.IO.Compression;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Reports;
using EdgeAgent.Assessment.Reports.Pdf;
using EdgeAgent.Assessment.Reports.Workbooks;
using EdgeAgent.Commands;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Assess.Jobs;

/// <summary>The jobs that prepare an acceptance: forms, evidence pack, one-page summary.</summary>
internal static class AssessJobs
{
    private static readonly string[] FormSteps = ["figures", "documents", "lists", "zip"];
    private static readonly string[] SummarySteps = ["figures", "documents", "zip"];
    private static readonly string[] PackSteps = [.. Enum.GetValues<PackStep>().Select(Name)];

    public static JobView Start(AssessSource source, JobBody body, Caller caller)
    {
        DateTimeOffset? asOf = body.AsOf is { } text ? HubFiles.ParseInstant(text, source.Time.GetUtcNow()) : null;
        WindowLength? window = HubFiles.ParseWindow(body.Window);
        return body.Kind switch
        {
            "forms" => source.Jobs.Start(body.Kind, caller.Who, caller.Key, FormSteps, run => FormsAsync(source, run, asOf, window, [.. Enum.GetValues<FormKind>()], lists: true)),
            "summary" => source.Jobs.Start(body.Kind, caller.Who, caller.Key, SummarySteps, run => FormsAsync(source, run, asOf, window, [FormKind.OnePage], lists: false)),
            "pack" => source.Jobs.Start(body.Kind, caller.Who, caller.Key, PackSteps, run => PackAsync(source, run, asOf ?? source.Time.GetUtcNow(), window)),
            var other => throw ApiProblem.BadRequest(new($"没有任务“{other}”，应为 forms、pack 或 summary。", $"There is no job '{other}'; expected forms, pack or summary.")),
        };
    }

    private static async Task<JobProduct> FormsAsync(AssessSource source, JobRun run, DateTimeOffset? asOf, WindowLength? window, FormKind[] kinds, bool lists)
    {
        run.Begin("figures");
        Assessed assessed = await source.MakeAsync(new AssessmentQuestion(asOf, window, null), run.Cancellation);
        ShelvedPack[] shelf = [.. source.Files.Shelf.List()];
        ShelvedPack? pack = shelf.LastOrDefault(p => p.AsOf == assessed.Result.AsOf);
        FormInputs inputs = new(assessed.Result, assessed.Ledger, assessed.Rules.Rules, pack is null ? null : (pack.Id, pack.ManifestSha256));
        run.Begin("documents");
        string documents = Path.Combine(run.Folder, "documents");
        SofficeProgram? soffice = SofficeProgram.Find();
        await ReportFolder.WriteAsync(documents, kinds, inputs, soffice, run.Cancellation);
        if (lists)
        {
            run.Begin("lists");
            byte[]? samples = shelf is [.., var newest] && File.Exists(newest.Path) ? PackContents.Read(newest.Path, "samples.csv") : null;
            await File.WriteAllBytesAsync(Path.Combine(documents, AssessmentWorkbook.FileName), AssessmentWorkbook.Write(inputs, samples), run.Cancellation);
        }

        run.Begin("zip");
        string zip = Path.Combine(run.Folder, lists ? "forms.zip" : "summary.zip");
        await ZipFile.CreateFromDirectoryAsync(documents, zip, CompressionLevel.Optimal, includeBaseDirectory: false, run.Cancellation);
        Directory.Delete(documents, recursive: true);
        return new JobProduct(zip, [.. soffice is null ? [SofficeProgram.Missing] : Array.Empty<BilingualText>(), .. OpenMatters.Both(inputs).Select(m => new BilingualText($"草稿：{m.Zh}", $"Draft: {m.En}"))]);
    }

    private static async Task<JobProduct> PackAsync(AssessSource source, JobRun run, DateTimeOffset asOf, WindowLength? window)
    {
        (ShelvedPack pack, PackSummary summary) = await PackMaking.MakeAsync(
            source.Files, source.Store, source.Time, asOf, window, null, [], step => run.Begin(Name(step)), run.Cancellation);
        return new JobProduct(pack.Path, summary.Warnings, pack.Id);
    }

    private static string Name(PackStep step) => step.ToString().ToLowerInvariant();
}
