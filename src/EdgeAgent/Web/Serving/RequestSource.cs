using System.Net;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web.Api;
using Microsoft.Net.Http.Headers;

namespace EdgeAgent.Web.Serving;

/// <summary>Refuses what a page of another site makes a browser send: under a name that is not ours, or from an origin that is not ours.</summary>
/// <remarks>A page can let its own name point to 127.0.0.1 and then talk to us as if it were ours (DNS rebinding); the name in the Host header
/// gives it away. Addresses are no names that somebody could point elsewhere, so they are always let through.</remarks>
internal sealed class RequestSource(WebConfig web, bool listensOnLoopback)
{
    private const string Health = "/health";

    private readonly HashSet<string> _hosts = [.. web.Hosts.Append("localhost").Append(Environment.MachineName).Select(h => h.ToLowerInvariant())];

    /// <summary>Whether names are checked: on a loopback address, and where the configuration lists them.</summary>
    private bool ChecksHost => listensOnLoopback || web.Hosts.Count > 0;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (ChecksHost && !IsOurs(context.Request.Host) && !context.Request.Path.StartsWithSegments(Health))
        {
            return ProblemDocument.WriteAsync(context, new ApiProblem(StatusCodes.Status421MisdirectedRequest, new(
                $"不接受主机名 {context.Request.Host.Host}。如果确实通过它访问，请在配置的 web.hosts 中加入。",
                $"The host name {context.Request.Host.Host} is not one of this program's. If it is, add it to hosts in the web section of the configuration.")) { Code = "host" });
        }

        return IsForeign(context)
            ? ProblemDocument.WriteAsync(context, new ApiProblem(StatusCodes.Status403Forbidden, new(
                "请求来自其他网站的页面，已拒绝。", "The request comes from a page of another site.")) { Code = "origin" })
            : next(context);
    }

    private bool IsOurs(HostString host) => _hosts.Contains(host.Host.ToLowerInvariant()) || IPAddress.TryParse(host.Host.Trim('[', ']'), out _);

    /// <summary>A change whose page is not ours. Programs send neither header.</summary>
    private static bool IsForeign(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return false;
        }

        string origin = request.Headers[HeaderNames.Origin].ToString();
        return request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site"
            // A proxy in front speaks HTTPS where we speak HTTP, so only name and port are compared.
            || (origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && from.Authority.Equals(AuthorityOf(request, from.Scheme), StringComparison.OrdinalIgnoreCase)));
    }

    private static string AuthorityOf(HttpRequest request, string scheme) =>
        Uri.TryCreate($"{scheme}://{request.Host}", UriKind.Absolute, out Uri? own) ? own.Authority : request.Host.ToString();
}
