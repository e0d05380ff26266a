using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Access;

/// <summary>A part of the audit log, newest first.</summary>
/// <param name="Total">How many entries there are that the caller may see.</param>
/// <param name="Withheld">How many there are besides: what concerns other enterprises is not shown to an assessor. Their sequences are missing.</param>
/// <param name="Before">Ask with this for the part before this one; null at the beginning of the log.</param>
/// <param name="Problem">Where the chain of hashes breaks, which says that lines were changed; null when it holds. The whole log is looked at, also what is withheld.</param>
internal sealed record AuditPart(int Total, IReadOnlyList<AuditView> Items, long? Before, string? Problem, int Withheld);

/// <param name="Sequence">Place in the chain, from 1.</param>
/// <param name="Facts">For instance method, path, role, status, from.</param>
internal sealed record AuditView(long Sequence, DateTimeOffset At, string Who, string What, IReadOnlyDictionary<string, string> Facts);

/// <summary>The audit log: all of it for administrators, what concerns the assessed site for assessors. Nothing changes it.</summary>
internal sealed class AuditPages(WebAccess access)
{
    private const string Path = "/api/audit";

    public void Map(ApiBuilder api) =>
        api.Get(Path, AccessPermission.ReadAudit, "Who asked, changed and was refused what; newest first, hash-chained. An assessor sees what concerns the assessed site", ReadAsync)
            .Query("before", "Only entries before this sequence.", ApiType.Integer)
            .Query("limit", $"Entries to give, at most {PageRequest.LimitMax}; {PageRequest.LimitDefault} unless told.", ApiType.Integer)
            .Query("text", "Only entries that hold this text anywhere.")
            .Gives(AccessApiJson.Default.AuditPart, "A part of the log");

    private Task ReadAsync(HttpContext context, Caller caller)
    {
        int limit = context.QueryNumber("limit", PageRequest.LimitDefault, 1, PageRequest.LimitMax);
        int before = context.QueryNumber("before", int.MaxValue, 1, int.MaxValue);
        string? text = context.Query("text");
        IReadOnlyList<AuditEntry> all = AuditChain.Read(access.Log.ReadAll(), out string? problem);
        // What is searched is what is shown: otherwise a search would tell what is not.
        AuditView[] shown = [.. caller.Role == AccessRole.Admin ? all.Select(Whole) : all.Select(new SiteAudit(access.Callers.Site, access.Accounts).Of).OfType<AuditView>()];
        List<AuditView> items = [];
        int at = shown.Length;
        for (; at > 0 && items.Count < limit; at--)
        {
            if (shown[at - 1].Sequence < before && (text is null || Holds(shown[at - 1], text)))
            {
                items.Add(shown[at - 1]);
            }
        }

        return context.WriteJsonAsync(
            new AuditPart(shown.Length, items, at > 0 ? shown[at].Sequence : null, problem, all.Count - shown.Length), AccessApiJson.Default.AuditPart);
    }

    private static AuditView Whole(AuditEntry entry) => new(entry.Sequence, entry.At, entry.Who, entry.What, entry.Facts);

    private static bool Holds(AuditView entry, string text)
    {
        // Looking for something leaves the word in the log, and must not find itself.
        bool isSearch = entry.Facts.TryGetValue("path", out string? path) && path == Path;
        return Has(entry.Who) || Has(entry.What) || entry.Facts.Any(f => Has(f.Value) && !(isSearch && f.Key == "query"));

        bool Has(string value) => value.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
