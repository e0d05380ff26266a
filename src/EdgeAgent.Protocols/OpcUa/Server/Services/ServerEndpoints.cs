using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>The ways to connect to a server, as it tells them: one for each policy and mode.</summary>
internal static class ServerEndpoints
{
    public const string TransportProfile = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";
    public const string AnonymousPolicy = "anonymous";
    public const string UserNamePolicy = "user-name";

    public static EndpointDescription[] List(ServerCore core, string? askedUrl)
    {
        string url = UrlFor(core, askedUrl);
        ApplicationDescription server = Describe(core, url);
        var endpoints = new List<EndpointDescription>();
        if (core.Options.AllowsNone)
        {
            endpoints.Add(Endpoint(SecurityPolicy.None, MessageSecurityMode.None, 0));
        }
        foreach (SecurityPolicy policy in core.Options.Policies)
        {
            endpoints.Add(Endpoint(policy, MessageSecurityMode.Sign, 1));
            endpoints.Add(Endpoint(policy, MessageSecurityMode.SignAndEncrypt, 2));
        }
        return [.. endpoints];

        EndpointDescription Endpoint(SecurityPolicy policy, MessageSecurityMode mode, byte level) =>
            new(url, server, core.Own?.Der, mode, policy.Uri, UserTokens(core, policy), TransportProfile, level);
    }

    public static ApplicationDescription Describe(ServerCore core, string url) => new(
        core.Options.ApplicationUri, core.Options.ApplicationUri, new LocalizedText("en", core.Options.ApplicationName), ApplicationType.Server, null, null, [url]);

    /// <summary>The address of this server, by the host that the client used unless another is advertised.</summary>
    public static string UrlFor(ServerCore core, string? askedUrl)
    {
        string host = core.Options.AdvertisedHost
            ?? (Uri.TryCreate(askedUrl, UriKind.Absolute, out Uri? asked) && asked.Host.Length > 0 ? asked.Host : core.Options.Address.ToString());
        return $"opc.tcp://{host}:{core.Port}";
    }

    // On an endpoint without security a password is still encrypted with the server's certificate, when there is one.
    private static UserTokenPolicy[] UserTokens(ServerCore core, SecurityPolicy policy)
    {
        var tokens = new List<UserTokenPolicy>();
        if (core.Options.AllowsAnonymous)
        {
            tokens.Add(new UserTokenPolicy(AnonymousPolicy, UserTokenType.Anonymous, null, null, null));
        }
        if (core.Options.Users.Count > 0)
        {
            SecurityPolicy encrypting = policy.IsNone && core.Options.Policies.Count > 0 ? core.Options.Policies[0] : policy;
            tokens.Add(new UserTokenPolicy(UserNamePolicy, UserTokenType.UserName, null, null, encrypting.Uri));
        }
        return [.. tokens];
    }
}
