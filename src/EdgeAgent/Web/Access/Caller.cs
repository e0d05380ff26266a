namespace EdgeAgent.Web.Access;

/// <summary>How somebody proved who he is.</summary>
internal enum CallerKind
{
    /// <summary>Not at all.</summary>
    Anonymous,
    /// <summary>By logging in; what he changes needs a CSRF token.</summary>
    Session,
    /// <summary>By an API token.</summary>
    Token,
}

/// <summary>Who asks, as a handler may rely on it.</summary>
/// <param name="Id">Id of the token, or name of the account.</param>
/// <param name="Name">Name of the account, or whom the token was made for; empty for anonymous callers.</param>
/// <param name="Role">Null for anonymous callers.</param>
/// <param name="Site">The only site that it opens.</param>
/// <param name="Scope">Permissions that a token is limited to; null is all of its role.</param>
internal sealed record Caller(CallerKind Kind, string Id, string Name, AccessRole? Role, string Site, IReadOnlyList<AccessPermission>? Scope = null)
{
    /// <summary>What his page has to send along with each change; null but for sessions.</summary>
    public string? Csrf { get; init; }

    /// <summary>Nothing but a new password is open to him.</summary>
    public bool MustChangePassword { get; init; }

    /// <summary>Somebody who has not said who he is: a visitor before a wall display.</summary>
    public bool IsAnonymous => Kind == CallerKind.Anonymous;

    /// <summary>How the audit log names him.</summary>
    public string Who => Kind switch
    {
        CallerKind.Anonymous => "(unknown)",
        CallerKind.Token => $"{Name} ({Id})",
        _ => Name,
    };

    /// <summary>Tells him from everybody else, as a name does not: an account may be called like a token.</summary>
    public string Key => $"{Kind}:{Id}";

    public static Caller Unknown(string site) => new(CallerKind.Anonymous, "", "", null, site);
}
