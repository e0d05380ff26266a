using EdgeAgent.Web.Access.Accounts;
using EdgeAgent.Web.Access.Sessions;
using EdgeAgent.Web.Access.Tokens;

namespace EdgeAgent.Web.Access;

/// <summary>Finds out who asks: by the bearer token of a request, or by its session cookie.</summary>
internal sealed class CallerReader(TokenFile tokens, SessionFile sessions, string site)
{
    private const string Scheme = "Bearer ";

    public string Site => site;

    /// <remarks>A token that does not fit is not helped out by a cookie that would: who sends a token means the token.</remarks>
    /// <exception cref="IOException">Tokens, accounts or sessions cannot be read.</exception>
    public Caller Read(HttpContext context)
    {
        string header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return tokens.Find(header[Scheme.Length..].Trim()) is { } token
                ? new Caller(CallerKind.Token, token.Id, token.Name, token.Role, token.Site, token.Permissions)
                : Caller.Unknown(site);
        }

        return SessionCookie.Read(context) is { } id && sessions.Use(id) is { } found ? Of(found.Session, found.Account) : Caller.Unknown(site);
    }

    /// <summary>Somebody who is logged in.</summary>
    public Caller Of(Session session, Account account) => new(CallerKind.Session, account.Name, account.Name, account.Role, site)
    {
        Csrf = session.Csrf,
        MustChangePassword = account.MustChangePassword,
    };
}
