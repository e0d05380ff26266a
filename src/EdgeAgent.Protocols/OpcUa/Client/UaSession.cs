using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>A session as the server knows it; it may outlive its connection.</summary>
/// <param name="Address">The server that has it: another one does not know it.</param>
/// <param name="ServerCertificate">Who must still be there when it is continued; null without security.</param>
internal sealed record UaSession(OpcUaAddress Address, NodeId Id, NodeId AuthenticationToken, TimeSpan Timeout, SecurityPolicy Policy, byte[]? ServerCertificate)
{
    /// <summary>What must be signed at the next activation.</summary>
    public byte[] ServerNonce { get; set; } = [];
}
