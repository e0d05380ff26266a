using System.Text.Json;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Reports;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Assess;

/// <summary>The assessment as a page shows it: the result, its texts in both languages, and how fresh it is.</summary>
internal static class ResultPages
{
    private static readonly Dictionary<string, BilingualText> Reasons = Enum.GetValues<ReasonCode>().ToDictionary(c => c.Text(), ReasonTexts.Text, StringComparer.Ordinal);

    public static Task ResultAsync(HttpContext context, AssessSource source) => AssessQuery.AnswerAsync(context, async () =>
    {
        AssessedAnswer answer = await source.Results.ReadAsync(QuestionOf(context, source), context.RequestAborted);
        Assessed assessed = answer.Assessed;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteBoolean("refreshing", answer.Refreshing);
        json.WriteString("problem", answer.Problem);
        json.WritePropertyName("texts");
        JsonSerializer.Serialize(json, TextsOf(assessed, source), AssessJson.Default.ResultTexts);
        json.WritePropertyName("result");
        json.WriteRawValue(AssessmentResultJson.Write(assessed.Result), skipInputValidation: true);
        json.WriteEndObject();
    });

    /// <summary>Everything about one asset's verdict.</summary>
    public static Task DeviceAsync(HttpContext context, AssessSource source) => AssessQuery.AnswerAsync(context, async () =>
    {
        string assetNo = context.Route("assetNo");
        Assessed assessed = (await source.Results.ReadAsync(QuestionOf(context, source), context.RequestAborted)).Assessed;
        AssessmentResult result = assessed.Result;
        DeviceResult? device = result.Devices.FirstOrDefault(d => d.AssetNo.Equals(assetNo, StringComparison.OrdinalIgnoreCase));
        ExcludedAsset? excluded = result.Exclusions.FirstOrDefault(e => e.AssetNo.Equals(assetNo, StringComparison.OrdinalIgnoreCase));
        if (device is null && excluded is null)
        {
            throw ApiProblem.NotFound(new($"统计结果中没有资产“{assetNo}”。", $"The assessment has no asset '{assetNo}'."));
        }

        string number = device?.AssetNo ?? excluded!.AssetNo;
        RulePack rules = assessed.Rules.Rules;
        await context.WriteJsonAsync(
            new DeviceDrill(
                number, device?.Name ?? excluded!.Name, device?.Networked ?? false, [.. device?.Reasons.Select(ViewOf) ?? []], excluded is null ? null : ViewOf(excluded.Reason),
                new DeviceRules(rules.MinCoverage, rules.MinActiveDays, rules.MinGood, WindowLength.Of(rules).ToString(), result.Window), await TagsAsync(context, source, number, device),
                [.. result.Findings.Where(f => f.Assets.Contains(number, StringComparer.OrdinalIgnoreCase) || f.Subject.Equals(number, StringComparison.OrdinalIgnoreCase)).Select(ViewOf)]),
            AssessJson.Default.DeviceDrill);
    });

    public static FindingView ViewOf(Finding finding) => new(
        new BilingualText(finding.Label, finding.Code.Text()), FindingTexts.Sentence(finding), FindingTexts.Advice(finding.Code), [.. finding.Evidence.Select(FindingTexts.Label)], [.. finding.Evidence.Select(FindingTexts.Value)]);

    private static ReasonView ViewOf(ReasonCode code) => new(code.Text(), ReasonTexts.Text(code));

    private static AssessmentQuestion QuestionOf(HttpContext context, AssessSource source) => new(
        AssessQuery.Text(context, "asOf") is { } text and not "now" ? Commands.HubFiles.ParseInstant(text, source.Time.GetUtcNow()) : null, AssessQuery.Window(context), AssessQuery.Text(context, "pack"));

    private static ResultTexts TextsOf(Assessed assessed, AssessSource source)
    {
        AssessmentResult result = assessed.Result;
        return new ResultTexts(
            [.. assessed.Rules.Rules.BinsTenths.Select(b => b * 10m)], Reasons, [.. result.Findings.Select(ViewOf)],
            [.. result.Items.Select(i => new ItemTexts(i.Problems, [.. i.Options.Select(o => o.Why)]))], [.. result.Scenes.Select(s => new SceneTexts(s.Problems, s.Facts))],
            OpenMatters.Of(new FormInputs(result, assessed.Ledger, assessed.Rules.Rules)), result.Notice is not null,
            source.Desk.IsRecorded ? "events" : "file", assessed.Ledger.EventSequence);
    }

    /// <summary>Tags of the devices that spoke for the asset in the window, and of those bound to it now: one that was connected today has no whole day yet.</summary>
    private static async Task<IReadOnlyList<TagView>> TagsAsync(HttpContext context, AssessSource source, string assetNo, DeviceResult? device)
    {
        string site = source.Files.Site;
        DeviceLedger ledger = source.Desk.Latest;
        long now = UnixTicks.Now(source.Time);
        // A source reads site/agent/device, a space, its address.
        HashSet<string> names = [.. device?.Sources.Select(s => s.Split(' ')[0]) ?? []];
        names.UnionWith((await source.Store.ListDevicesAsync(site, context.RequestAborted))
            .Where(d => (ledger.FindBinding(d.Agent.Agent, d.Device, now)?.AssetNo ?? d.Asset.Trim()).Equals(assetNo, StringComparison.OrdinalIgnoreCase))
            .Select(d => $"{d.Agent.Site}/{d.Agent.Agent}/{d.Device}"));
        if (names.Count == 0)
        {
            return [];
        }

        IReadOnlyList<SeriesInfo> series = await source.Store.ListSeriesAsync(site, context.RequestAborted);
        return [.. series.Where(s => names.Contains($"{s.Key.Site}/{s.Key.Agent}/{s.Key.Device}")).Select(s => new TagView(s.Key.Agent, s.Key.Device, s.Key.Tag, s.Unit, s.IntervalMs))
            .OrderBy(t => t.Device, StringComparer.Ordinal).ThenBy(t => t.Tag, StringComparer.Ordinal)];
    }
}
