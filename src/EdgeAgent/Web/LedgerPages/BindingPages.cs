using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.LedgerPages;

/// <summary>Which device of which agent is which asset; devices that are none of the ledger's.</summary>
internal static class BindingPages
{
    public static async Task ListAsync(HttpContext context, LedgerDesk desk, ITimeSeriesStore store)
    {
        DeviceLedger ledger = desk.Latest;
        long now = UnixTicks.Now(desk.Time);
        IReadOnlyList<DeviceSource> sources = await store.ListDevicesAsync(desk.Files.Site, context.RequestAborted);
        // A device whose address changed is listed by every address that it ever had; the newest definition comes last.
        DeviceView[] devices = [.. sources.GroupBy(s => (s.Agent.Agent, s.Device)).Select(g => g.Last()).Select(s => ViewOf(ledger, s, now))
            .OrderBy(d => d.InLedger).ThenBy(d => d.Agent, StringComparer.Ordinal).ThenBy(d => d.Device, StringComparer.Ordinal)];
        await context.WriteJsonAsync(new BindingsView([.. ledger.Bindings.Select(TablePages.ViewOf)], devices), LedgerPagesJson.Default.BindingsView);
    }

    /// <summary>Binds; what the device was bound to until then ends.</summary>
    public static async Task BindAsync(HttpContext context, Caller caller, LedgerDesk desk)
    {
        BindingEdit edit = await context.ReadJsonAsync(LedgerPagesJson.Default.BindingEdit);
        long from = UnixTicks.From(edit.From ?? desk.Time.GetUtcNow());
        DeviceBinding? holding = desk.Latest.FindBinding(edit.Agent, edit.Device, from);
        DeviceBinding binding = new(edit.Agent, edit.Device, edit.AssetNo, from, null, edit.Note);
        LedgerChange[] changes = holding is null || holding.FromTicks == from ? [new BindingSet(binding)] : [new BindingSet(holding with { ToTicks = from }), new BindingSet(binding)];
        await EditPages.RecordAsync(context, caller, desk, changes, edit.Reason);
    }

    public static async Task EndAsync(HttpContext context, Caller caller, LedgerDesk desk)
    {
        BindingEnd end = await context.ReadJsonAsync(LedgerPagesJson.Default.BindingEnd);
        long at = UnixTicks.From(end.At ?? desk.Time.GetUtcNow());
        DeviceBinding holding = desk.Latest.FindBinding(end.Agent, end.Device, at - 1) ?? throw ApiProblem.Conflict(new(
            $"{end.Agent}/{end.Device} 当时没有人工绑定；采集端配置中的绑定须在配置里更改。", $"{end.Agent}/{end.Device} was bound by nobody then; what its configuration binds is changed there."));
        await EditPages.RecordAsync(context, caller, desk, [new BindingSet(holding with { ToTicks = at })], end.Reason);
    }

    public static async Task ClassifyAsync(HttpContext context, Caller caller, LedgerDesk desk)
    {
        SourceEdit edit = await context.ReadJsonAsync(LedgerPagesJson.Default.SourceEdit);
        await EditPages.RecordAsync(context, caller, desk, [new SourceClassified(new SourceClassification(edit.Agent, edit.Device, edit.Class))], edit.Reason);
    }

    private static DeviceView ViewOf(DeviceLedger ledger, DeviceSource source, long now)
    {
        string configured = source.Asset.Trim();
        string bound = ledger.FindBinding(source.Agent.Agent, source.Device, now)?.AssetNo ?? configured;
        string kind = ledger.Classifications.FirstOrDefault(c => c.Agent == source.Agent.Agent && c.Device == source.Device)?.Class ?? "";
        return new DeviceView(source.Agent.Agent, source.Device, source.Driver, source.Address, configured, bound, bound.Length > 0 && ledger.Find(bound) is not null, kind);
    }
}
