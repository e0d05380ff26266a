using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>With whom and how a channel is opened.</summary>
/// <param name="Own">Our certificate; not needed without security.</param>
/// <param name="Server">The server's certificate, already trusted; not needed without security.</param>
internal sealed record ChannelTerms(OpcUaAddress Address, SecurityPolicy Policy, MessageSecurityMode Mode, OwnCertificate? Own, PeerCertificate? Server)
{
    public static ChannelTerms Open(OpcUaAddress address) => new(address, SecurityPolicy.None, MessageSecurityMode.None, null, null);
}
