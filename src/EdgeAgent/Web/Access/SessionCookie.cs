namespace EdgeAgent.Web.Access;

/// <summary>The cookie that carries a session.</summary>
internal static class SessionCookie
{
    public const string Name = "edgeagent-session";
}
