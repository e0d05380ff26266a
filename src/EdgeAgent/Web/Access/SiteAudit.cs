using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Web.Access.Accounts;

namespace EdgeAgent.Web.Access;

/// <summary>The audit log as an assessor reads it: what concerns the assessed site, without what lets somebody in.</summary>
/// <remarks>Everything about accounts and tokens is in it: who made the assessor's account is what an assessor has to be able to see. What is left out
/// are other enterprises of the same hub, and names typed at a refused login that no account has, because people type passwords there.</remarks>
internal sealed class SiteAudit(string site, AccountFile accounts)
{
    private const string Portfolio = "/api/portfolio";
    private const string Agents = "/api/engineering/agents/";
    private const string NoAccount = "***";

    /// <summary>The entry as it may be shown; null when it concerns another enterprise.</summary>
    public AuditView? Of(AuditEntry entry)
    {
        if (!Concerns(entry.Facts))
        {
            return null;
        }

        Dictionary<string, string> facts = entry.Facts.ToDictionary(f => f.Key, f => f.Key == "query" ? LoggedQuery.WithoutSecrets(f.Value) : f.Value, StringComparer.Ordinal);
        if (entry.What is "login refused" or "locked out" && facts.TryGetValue("name", out string? typed) && accounts.Find(typed) is null)
        {
            facts["name"] = NoAccount;
        }

        return new AuditView(entry.Sequence, entry.At, entry.Who, entry.What, facts);
    }

    private bool Concerns(SortedDictionary<string, string> facts)
    {
        string path = facts.GetValueOrDefault("path") ?? "";
        return !(path == Portfolio || path.StartsWith(Portfolio + "/", StringComparison.Ordinal))
            && !(path.StartsWith(Agents, StringComparison.Ordinal) && path[Agents.Length..].Split('/') is [var of, _, ..] && Uri.UnescapeDataString(of) != site)
            && !(facts.TryGetValue("agent", out string? agent) && agent.Contains('/') && !agent.StartsWith(site + "/", StringComparison.Ordinal));
    }
}
