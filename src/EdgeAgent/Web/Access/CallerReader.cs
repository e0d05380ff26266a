namespace EdgeAgent.Web.Access;

/// <summary>Finds out who asks: by the bearer token of a request, or by its session cookie.</summary>
internal sealed class CallerReader(TokenFile tokens, string site)
{
    private const string Scheme = "Bearer ";

    public string Site => site;

    /// <exception cref="IOException">The tokens cannot be read.</exception>
    public Caller Read(HttpContext context)
    {
        string header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return tokens.Find(header[Scheme.Length..].Trim()) is { } token
                ? new Caller(CallerKind.Token, token.Id, token.Name, token.Role, token.Site, token.Permissions)
                : Caller.Unknown(site);
        }

        return Caller.Unknown(site);
    }
}
