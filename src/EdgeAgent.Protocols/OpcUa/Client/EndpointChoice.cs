using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>The endpoint chosen from a server's list, and the list to compare with the one that comes with the session.</summary>
internal sealed record EndpointChoice(EndpointDescription Endpoint, SecurityPolicy Policy, UserTokenPolicy UserToken, IReadOnlyList<EndpointDescription> All)
{
    private const string BinaryProfile = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    /// <summary>Chooses by mode, policy (the strongest, if none is asked for) and kind of user.</summary>
    /// <exception cref="OpcUaConnectException">There is none; the message lists what there is.</exception>
    public static EndpointChoice Make(OpcUaAddress address, OpcUaClientOptions options, IReadOnlyList<EndpointDescription> offered)
    {
        UserTokenType wanted = options.Identity switch
        {
            OpcUaUserIdentity.UserName => UserTokenType.UserName,
            OpcUaUserIdentity.Certificate => UserTokenType.Certificate,
            _ => UserTokenType.Anonymous,
        };
        EndpointChoice? best = null;
        int bestRank = -1;
        bool hasSecurity = false;
        foreach (EndpointDescription endpoint in offered)
        {
            if (!IsUsable(endpoint, options, out SecurityPolicy policy))
            {
                continue;
            }
            hasSecurity = true;
            int rank = Rank(policy);
            if (rank > bestRank && TokenFor(endpoint, policy, wanted) is { } token)
            {
                best = new EndpointChoice(endpoint, policy, token, offered);
                bestRank = rank;
            }
        }
        return best ?? throw new OpcUaConnectException(
            hasSecurity
                ? $"{address}: the server does not take a user of kind {wanted} with security {options.SecurityPolicy?.Name ?? "any policy"}, {options.SecurityMode}; it offers: {Describe(offered)}"
                : $"{address}: the server has no endpoint with security {options.SecurityPolicy?.Name ?? "any known policy"}, {options.SecurityMode}; it offers: {Describe(offered)}",
            hasSecurity ? StatusCodes.BadIdentityTokenRejected : StatusCodes.BadSecurityPolicyRejected);
    }

    private static bool IsUsable(EndpointDescription endpoint, OpcUaClientOptions options, out SecurityPolicy policy) =>
        SecurityPolicy.TryFind(endpoint.SecurityPolicyUri, out policy)
        && endpoint.Mode == options.SecurityMode
        && policy.IsNone == (options.SecurityMode == MessageSecurityMode.None)
        && (options.SecurityPolicy is null || options.SecurityPolicy == policy)
        && endpoint.TransportProfileUri is null or "" or BinaryProfile;

    private static int Rank(SecurityPolicy policy)
    {
        int rank = 0;
        while (SecurityPolicy.All[rank] != policy)
        {
            rank++;
        }
        return rank;
    }

    // Among several tokens of a kind, the one with the strongest policy that we know; without one of its own it has the endpoint's.
    private static UserTokenPolicy? TokenFor(EndpointDescription endpoint, SecurityPolicy channel, UserTokenType wanted)
    {
        UserTokenPolicy? best = null;
        int bestRank = -1;
        foreach (UserTokenPolicy token in endpoint.UserTokens ?? [])
        {
            if (token.Type != wanted || !TryPolicyOf(token, channel, out SecurityPolicy policy))
            {
                continue;
            }
            if (Rank(policy) > bestRank)
            {
                best = token;
                bestRank = Rank(policy);
            }
        }
        return best;
    }

    /// <summary>A channel with security, or a user's secret that is sealed for the server, needs a server that is trusted.</summary>
    public bool NeedsCertificates(OpcUaUserIdentity identity) =>
        !Policy.IsNone || (identity is not OpcUaUserIdentity.Anonymous && TryPolicyOf(UserToken, Policy, out SecurityPolicy policy) && !policy.IsNone);

    /// <summary>The policy by which a user token is secured.</summary>
    public static bool TryPolicyOf(UserTokenPolicy token, SecurityPolicy channel, out SecurityPolicy policy)
    {
        policy = channel;
        return string.IsNullOrEmpty(token.SecurityPolicyUri) || SecurityPolicy.TryFind(token.SecurityPolicyUri, out policy);
    }

    private static string Describe(IReadOnlyList<EndpointDescription> offered) => offered.Count == 0 ? "nothing" : string.Join(", ", offered
        .Select(e => $"{(SecurityPolicy.TryFind(e.SecurityPolicyUri, out SecurityPolicy policy) ? policy.Name : e.SecurityPolicyUri)} {e.Mode} "
            + $"({string.Join("/", (e.UserTokens ?? []).Select(t => t.Type).Distinct())})").Distinct());
}
