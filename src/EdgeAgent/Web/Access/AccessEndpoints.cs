using EdgeAgent.Web.Access.Accounts;
using EdgeAgent.Web.Access.Sessions;
using EdgeAgent.Web.Access.Tokens;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Access;

/// <summary>Login, accounts, tokens, audit log.</summary>
internal static class AccessEndpoints
{
    public static void MapAccess(this ApiBuilder api, WebAccess access, IStatusSource source, Func<string> enterprise)
    {
        new SessionPages(access, source, enterprise).Map(api);
        new AccountPages(access).Map(api);
        new TokenPages(access).Map(api);
        new AuditPages(access).Map(api);
    }
}
