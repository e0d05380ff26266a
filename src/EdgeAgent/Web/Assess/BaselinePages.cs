using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Commands;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Assess;

/// <summary>Taking the signed state before the project, once for each site and never again.</summary>
internal static class BaselinePages
{
    public static async Task TakeAsync(HttpContext context, AssessSource source)
    {
        BaselineEdit edit = await context.ReadJsonAsync(AssessJson.Default.BaselineEdit);
        HubFiles files = source.Files;
        DateTimeOffset now = source.Time.GetUtcNow();
        DateTimeOffset asOf = HubFiles.ParseInstant(edit.AsOf, now);
        if (files.ReadBaseline() is not null)
        {
            throw ApiProblem.Conflict(new("本站点已有基线；基线不可替换。", "The site has a baseline already; a baseline is never replaced."));
        }

        DeviceLedger ledger = source.Desk.AsOf(asOf);
        LoadedRulePack rules = source.RulesOf(null, ledger);
        BaselineSnapshot snapshot = edit.Declared is { } declared
            ? Declare(source, ledger, rules, asOf, now, declared)
            : BaselineSnapshot.Observed(await new CoverageAssessment(source.Store, ledger, rules, source.Time).AssessAsync(new AssessmentRequest(files.Site, asOf), context.RequestAborted), now);
        BaselineCommand.Write(new AssessedSite(files.Site, files.Hub, "the configuration", source.Time).BaselinePath, files.Hub, snapshot);
        SignedBaseline signed = SignedBaseline.Read(files.ReadBaseline()!, default);
        await context.WriteJsonAsync(
            new BaselineTaken(snapshot.Kind.ToString().ToLowerInvariant(), snapshot.AsOf, snapshot.TakenAt, snapshot.Total, snapshot.Digital, snapshot.Networked, signed.Sha256),
            AssessJson.Default.BaselineTaken, StatusCodes.Status201Created);
    }

    private static BaselineSnapshot Declare(AssessSource source, DeviceLedger ledger, LoadedRulePack rules, DateTimeOffset asOf, DateTimeOffset now, BaselineDeclaration declared)
    {
        AttachedFile report = ledger.Files.Concat(source.Desk.Latest.Files).FirstOrDefault(f => f.Sha256 == declared.Sha256) ?? throw ApiProblem.BadRequest(new(
            "请先上传诊断报告（对象 project），再填写其 SHA-256。", "Upload the diagnosis report (subject project) first, and give its SHA-256."));
        try
        {
            return BaselineSnapshot.Declared(
                source.Files.Site, now, asOf, rules, ledger.Sha256, declared.Total, declared.Digital, declared.Networked, report.Name, report.Sha256,
                [.. declared.NetworkedAssets.Select(a => new BaselineAsset(a, ledger.Find(a)?.Name ?? "", true, true, true))]);
        }
        catch (ArgumentException problem)
        {
            throw ApiProblem.BadRequest(new($"基线数字自相矛盾：设备总数 {declared.Total}，数字化 {declared.Digital}，联网 {declared.Networked}。", problem.Message));
        }
    }
}
