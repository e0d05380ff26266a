using System.Globalization;

namespace EdgeAgent.Web.Access.Sessions;

/// <summary>The cookie that carries a session.</summary>
/// <remarks>Its name ends in the port: browsers do not tell the ports of one host apart, and an agent beside a hub would log people out of it.</remarks>
internal static class SessionCookie
{
    public static string? Read(HttpContext context) => context.Request.Cookies[NameIn(context)] is { Length: > 0 } id ? id : null;

    public static void Write(HttpContext context, string id) => context.Response.Cookies.Append(NameIn(context), id, OptionsIn(context));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(NameIn(context), OptionsIn(context));

    public static string NameOf(int port) => "edgeagent-session-" + port.ToString(CultureInfo.InvariantCulture);

    private static string NameIn(HttpContext context) => NameOf(context.Connection.LocalPort);

    private static CookieOptions OptionsIn(HttpContext context) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = ClientAddress.IsHttps(context), Path = "/", IsEssential = true };
}
