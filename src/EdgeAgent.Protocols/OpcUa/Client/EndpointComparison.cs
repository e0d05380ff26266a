using EdgeAgent.Protocols.OpcUa.Services.Discovery;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>
/// Whether the endpoints that came with a session, under its security, are those that were found before without any
/// (OPC 10000-4 §5.6.2): otherwise somebody in between may have hidden the better ones.
/// </summary>
internal static class EndpointComparison
{
    /// <summary>Compares what bears on security. Addresses may differ with the network they are asked from, and so may the order.</summary>
    public static bool AreSame(IReadOnlyList<EndpointDescription> found, IReadOnlyList<EndpointDescription> confirmed)
    {
        var first = new HashSet<string>(found.Select(Key));
        return first.SetEquals(confirmed.Select(Key));
    }

    private static string Key(EndpointDescription endpoint) =>
        $"{endpoint.Server.ApplicationUri}|{endpoint.Mode}|{endpoint.SecurityPolicyUri}|{endpoint.TransportProfileUri}|{endpoint.SecurityLevel}|"
        + string.Join(';', (endpoint.UserTokens ?? []).Select(t => $"{t.PolicyId},{t.Type},{t.IssuedTokenType},{t.IssuerEndpointUrl},{t.SecurityPolicyUri}").Order(StringComparer.Ordinal));
}
