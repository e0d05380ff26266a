using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Discovery;

/// <summary>One way of an endpoint to identify a user (OPC 10000-4 §7.42).</summary>
internal sealed record UserTokenPolicy(string? PolicyId, UserTokenType Type, string? IssuedTokenType, string? IssuerEndpointUrl, string? SecurityPolicyUri)
{
    public const int BytesMin = 20;

    public void Write(UaBuffer target)
    {
        target.WriteString(PolicyId);
        target.WriteInt32((int)Type);
        target.WriteString(IssuedTokenType);
        target.WriteString(IssuerEndpointUrl);
        target.WriteString(SecurityPolicyUri);
    }

    public static UserTokenPolicy Read(ref UaReader reader) =>
        new(reader.ReadString(), (UserTokenType)reader.ReadInt32(), reader.ReadString(), reader.ReadString(), reader.ReadString());
}
