using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Model;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.LedgerPages;

/// <summary>The ledger as it stands or stood: around the table, the table, one asset, what changed.</summary>
internal static class TablePages
{
    private const int HistoryShownMax = 200;

    public static Task LedgerAsync(HttpContext context, LedgerDesk desk)
    {
        DeviceLedger ledger = desk.Latest;
        RulePack? rules = RulesOf(desk);
        string source = desk.IsRecorded ? "events" : ledger.Entries.Count > 0 ? "file" : "none";
        return context.WriteJsonAsync(
            new LedgerView(
                source, ledger.EventSequence, desk.Stamp, ledger.Entries.Count, LedgerForm.Fields,
                [.. PlantMap.Areas(ledger, ledger.Entries).Select(a => new AreaView(a.Workshop, a.Line, a.Note, ledger.DeclaredAreas.Any(d => d.Key == a.Key)))],
                [.. PlantMap.Processes(ledger, ledger.Entries).Select(p => new ProcessView(p.Name, p.IsKey, p.Workshop, p.Note, ledger.DeclaredProcesses.Any(d => d.Name == p.Name)))],
                [.. ledger.Stops.Select(ViewOf)], ledger.Profile, ledger.Project, rules?.Project?.Industries ?? [], rules?.Project?.QualityClasses ?? [],
                [.. rules?.Scenes.Select(s => s.Name) ?? []]),
            LedgerPagesJson.Default.LedgerView);
    }

    public static Task AssetsAsync(HttpContext context, LedgerDesk desk)
    {
        PageRequest page = PageRequest.Of(context);
        DateTimeOffset now = desk.Time.GetUtcNow();
        DateTimeOffset asOf = context.QueryInstant("asOf", now) ?? now;
        DeviceLedger ledger = desk.AsOf(asOf);
        (string? search, string? status, string? category, string? workshop) = (context.Query("search"), context.Query("status"), context.Query("category"), context.Query("workshop"));
        LedgerEntry[] found = [.. ledger.Entries.Where(e =>
            (status is null || LedgerTerms.Label(e.Status) == status) && (category is null || LedgerTerms.Label(e.Category) == category)
            && (workshop is null || e.Workshop == workshop) && (search is null || Says(e, search)))];
        LedgerEntry[] sorted = Sorted(found, context.Query("sort") ?? "assetNo");
        ApiPage<LedgerEntry> cut = page.Cut(sorted);
        long at = UnixTicks.From(asOf);
        ILookup<string, string> bound = ledger.Bindings.Where(b => b.Holds(at)).ToLookup(b => b.AssetNo, b => $"{b.Agent}/{b.Device}", StringComparer.OrdinalIgnoreCase);
        return context.WriteJsonAsync(
            new AssetPage(cut.Total, cut.Offset, [.. cut.Items.Select(e => new AssetRow(Filled(e), ledger.FilesOf(LedgerSubject.Asset(e.AssetNo)).Count(), [.. bound[e.AssetNo]]))], desk.Stamp, asOf),
            LedgerPagesJson.Default.AssetPage);
    }

    public static Task AssetAsync(HttpContext context, LedgerDesk desk)
    {
        string assetNo = context.Route("assetNo");
        DeviceLedger ledger = desk.Latest;
        LedgerEntry asset = ledger.Find(assetNo) ?? throw ApiProblem.NotFound(new($"台账中没有资产“{assetNo}”。", $"The ledger has no asset '{assetNo}'."));
        string subject = LedgerSubject.Asset(asset.AssetNo);
        return context.WriteJsonAsync(
            new AssetView(
                LedgerForm.Values(asset), desk.Stamp, [.. ledger.FilesOf(subject).Select(ViewOf)],
                [.. ledger.Bindings.Where(b => b.AssetNo.Equals(asset.AssetNo, StringComparison.OrdinalIgnoreCase)).Select(ViewOf)],
                [.. ledger.Stops.Where(s => s.Covers(asset.AssetNo)).Select(ViewOf)],
                desk.IsRecorded ? [.. HistoryText.Changes(desk.History, subject).Reverse().Take(HistoryShownMax).Select(ViewOf)] : []),
            LedgerPagesJson.Default.AssetView);
    }

    /// <summary>What changed, newest first; <c>?subject=asset:A-001</c> for one subject.</summary>
    public static Task HistoryAsync(HttpContext context, LedgerDesk desk)
    {
        PageRequest page = PageRequest.Of(context);
        SubjectChange[] changes = desk.IsRecorded ? [.. HistoryText.Changes(desk.History, context.Query("subject")).Reverse()] : [];
        ApiPage<SubjectChange> cut = page.Cut(changes);
        return context.WriteJsonAsync(new ChangePage(cut.Total, cut.Offset, [.. cut.Items.Select(ViewOf)]), LedgerPagesJson.Default.ChangePage);
    }

    /// <summary>An instant of the query: now, a date, or a time with offset; never in the future.</summary>
    public static DateTimeOffset? QueryInstant(this HttpContext context, string name, DateTimeOffset now) =>
        context.Query(name) is { } text ? Commands.HubFiles.ParseInstant(text, now) : null;

    internal static FileView ViewOf(AttachedFile file) => new(file.Sha256, file.Name, file.Kind, file.SizeBytes, file.Subject);

    internal static BindingView ViewOf(DeviceBinding b) => new(b.Agent, b.Device, b.AssetNo, Instant(b.FromTicks), b.ToTicks is { } to ? Instant(to) : null, b.Note);

    private static StopView ViewOf(DeclaredStop s) => new(s.Id, s.AssetNo, Instant(s.FromTicks), Instant(s.ToTicks), s.Reason, Instant(s.LoggedAtTicks));

    private static ChangeView ViewOf(SubjectChange change) => new(
        change.Event.Sequence, Instant(change.Event.AtTicks), change.Event.Who, change.Event.Why, change.Event.Origin, change.Subject, change.What, change.Fields, change.Event.Hash);

    private static DateTimeOffset Instant(long ticks) => UnixTicks.ToDateTimeOffset(ticks);

    private static Dictionary<string, string> Filled(LedgerEntry entry) => LedgerForm.Values(entry).Where(v => v.Value.Length > 0).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);

    private static bool Says(LedgerEntry e, string search) => search.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
        new[] { e.AssetNo, e.Name, e.Model, e.Maker, e.SerialNo, e.Workshop, e.Line, e.Process, e.Remark }.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static LedgerEntry[] Sorted(LedgerEntry[] entries, string sort)
    {
        bool down = sort.StartsWith('-');
        string key = sort.TrimStart('-');
        if (LedgerForm.Fields.All(f => f.Key != key))
        {
            throw ApiProblem.BadRequest(new($"不能按“{sort}”排序。", $"sort '{sort}' is no field; expected one of {string.Join(", ", LedgerForm.Fields.Select(f => f.Key))}, with '-' before it for descending."));
        }

        IOrderedEnumerable<LedgerEntry> ordered = down
            ? entries.OrderByDescending(e => LedgerForm.Values(e)[key], StringComparer.Ordinal)
            : entries.OrderBy(e => LedgerForm.Values(e)[key], StringComparer.Ordinal);
        return [.. ordered.ThenBy(e => e.AssetNo, StringComparer.Ordinal)];
    }

    private static RulePack? RulesOf(LedgerDesk desk)
    {
        try
        {
            return RulePackCatalog.Load(desk.Files.Hub.RulePack, bandsToo: true).Rules;
        }
        catch (RulePackException)
        {
            return null; // The words to choose from are missing; what is recorded is shown all the same.
        }
    }
}
