using System.Globalization;
using EdgeAgent.Assessment.Challenge;

namespace EdgeAgent.Web.Access;

/// <summary>Stands before each endpoint: knows who asks by the bearer token, lets in whom the policy lets in, and writes down every answer.</summary>
/// <remarks>What cannot be written down is not answered: a read that leaves no trace is what the log is there to rule out.</remarks>
internal sealed class AccessGate(TokenFile tokens, AuditLog log, string site)
{
    private const string Scheme = "Bearer ";

    /// <summary>A handler that runs only for those who have the permission.</summary>
    public RequestDelegate Require(AccessPermission permission, Func<HttpContext, AccessToken, Task> handler) => async context =>
    {
        string header = context.Request.Headers.Authorization.ToString();
        AccessToken? token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? tokens.Find(header[Scheme.Length..].Trim()) : null;
        int refused = token is null ? StatusCodes.Status401Unauthorized
            : token.Site != site || !AccessPolicy.Allows(token.Role, permission) ? StatusCodes.Status403Forbidden
            : 0;
        if (!TryNote(context, token, refused == 0 ? StatusCodes.Status200OK : refused))
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The audit log cannot be written, so nothing is shown. Ask whoever runs the hub to look at its disk.");
            return;
        }

        if (refused == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await RefuseAsync(context, refused, "Send a valid token as 'Authorization: Bearer …'. Tokens are made with `edgeagent token create` and end by themselves.");
            return;
        }

        if (refused != 0)
        {
            await RefuseAsync(context, refused, $"A token of role {token!.Role} for site {token.Site} does not open this.");
            return;
        }

        await handler(context, token!);
    };

    public static Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }

    private bool TryNote(HttpContext context, AccessToken? token, int status)
    {
        try
        {
            log.Append(
                token is null ? "(unknown)" : $"{token.Name} ({token.Id})",
                status == StatusCodes.Status200OK ? "asked" : "refused",
                ("method", context.Request.Method), ("path", context.Request.Path.ToString()), ("query", context.Request.QueryString.ToString()),
                ("role", token?.Role.ToString() ?? ""), ("status", status.ToString(CultureInfo.InvariantCulture)), ("from", context.Connection.RemoteIpAddress?.ToString() ?? ""));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
