using System.Globalization;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Core.Model;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.LedgerPages;

/// <summary>Single changes of the ledger, each an event of whoever asks, with a reason.</summary>
internal static class EditPages
{
    /// <summary>Changes one asset, or adds it.</summary>
    public static async Task AssetAsync(HttpContext context, Caller caller, LedgerDesk desk)
    {
        AssetEdit edit = await context.ReadJsonAsync(LedgerPagesJson.Default.AssetEdit);
        string assetNo = context.Route("assetNo");
        LedgerEntry? known = desk.Latest.Find(assetNo);
        Dictionary<string, string> fields = new(edit.Fields, StringComparer.Ordinal);
        if (fields.TryGetValue("assetNo", out string? typed) && !typed.Equals(assetNo, StringComparison.OrdinalIgnoreCase))
        {
            throw ApiProblem.BadRequest(new("资产编号不能更改：请新增一台并移除原来的。", "An asset's number cannot be changed: add another asset and remove this one."));
        }

        fields["assetNo"] = known?.AssetNo ?? assetNo;
        (LedgerEntry? asset, IReadOnlyList<LedgerProblem> problems) = LedgerForm.Read(known, fields);
        if (asset is null)
        {
            throw ApiProblem.BadRequest(new(string.Join("；", problems.Select(p => p.InChinese())), string.Join(Environment.NewLine, problems)));
        }

        if (known is not null && LedgerForm.Differences(known, asset).Count == 0)
        {
            throw ApiProblem.BadRequest(new("没有任何变更。", "Nothing would change."));
        }

        DateOnly today = ShanghaiTime.DayOf(desk.Time.GetUtcNow());
        await RecordAsync(context, caller, desk, [new AssetSet(asset with { ChangedBy = caller.Name, ChangedAt = today })], edit.Reason, edit.Seen);
    }

    public static Task RemoveAssetAsync(HttpContext context, Caller caller, LedgerDesk desk) =>
        RecordAsync(context, caller, desk, [new AssetRemoved(context.Route("assetNo"))], ReasonOf(context));

    public static async Task StopAsync(HttpContext context, Caller caller, LedgerDesk desk)
    {
        StopEdit edit = await context.ReadJsonAsync(LedgerPagesJson.Default.StopEdit);
        // The next event's number: a stop that is withdrawn does not give its id to another.
        string id = string.Create(CultureInfo.InvariantCulture, $"S-{desk.History.Events.Count + 1}");
        DeclaredStop stop = new(id, edit.AssetNo, UnixTicks.From(edit.From), UnixTicks.From(edit.To), edit.Reason);
        await RecordAsync(context, caller, desk, [new StopSet(stop)], edit.Reason, id: id);
    }

    public static Task WithdrawStopAsync(HttpContext context, Caller caller, LedgerDesk desk) =>
        RecordAsync(context, caller, desk, [new StopWithdrawn(context.Route("id"))], ReasonOf(context));

    public static async Task AreaAsync(HttpContext context, Caller caller, LedgerDesk desk)
    {
        AreaEdit edit = await context.ReadJsonAsync(LedgerPagesJson.Default.AreaEdit);
        await RecordAsync(context, caller, desk, [new AreaSet(new PlantArea(edit.Workshop, edit.Line, edit.Note))], edit.Reason);
    }

    public static Task RemoveAreaAsync(HttpContext context, Caller caller, LedgerDesk desk) => RecordAsync(
        context, caller, desk, [new AreaRemoved(new PlantArea(context.Query("workshop") ?? "", context.Query("line") ?? "").Key)], ReasonOf(context));

    public static async Task ProcessAsync(HttpContext context, Caller caller, LedgerDesk desk)
    {
        ProcessEdit edit = await context.ReadJsonAsync(LedgerPagesJson.Default.ProcessEdit);
        await RecordAsync(context, caller, desk, [new ProcessSet(new PlantProcess(edit.Name, edit.IsKey, edit.Workshop, edit.Note))], edit.Reason);
    }

    public static Task RemoveProcessAsync(HttpContext context, Caller caller, LedgerDesk desk) =>
        RecordAsync(context, caller, desk, [new ProcessRemoved(context.Query("name") ?? "")], ReasonOf(context));

    public static async Task ProfileAsync(HttpContext context, Caller caller, LedgerDesk desk)
    {
        ProfileEdit edit = await context.ReadJsonAsync(LedgerPagesJson.Default.ProfileEdit);
        await RecordAsync(context, caller, desk, [new ProfileSet(edit.Profile)], edit.Reason);
    }

    public static async Task ProjectAsync(HttpContext context, Caller caller, LedgerDesk desk)
    {
        ProjectEdit edit = await context.ReadJsonAsync(LedgerPagesJson.Default.ProjectEdit);
        await RecordAsync(context, caller, desk, [new ProjectSet(edit.Project)], edit.Reason);
    }

    /// <summary>The reason of a removal, which has no body.</summary>
    internal static string ReasonOf(HttpContext context) =>
        context.Query("reason") ?? throw ApiProblem.BadRequest(new("请填写原因（reason）。", "reason is missing: why it is done is kept for ever."));

    internal static Task RecordAsync(
        HttpContext context, Caller caller, LedgerDesk desk, IReadOnlyList<LedgerChange> changes, string reason, string? seen = null, string? id = null)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw ApiProblem.BadRequest(new("请填写原因。", "A reason is needed: it is kept for ever."));
        }

        LedgerEvent happened = desk.Append(changes, caller.Who, reason, seen);
        return context.WriteJsonAsync(new Recorded(happened.Sequence, happened.Hash, id), LedgerPagesJson.Default.Recorded);
    }
}
