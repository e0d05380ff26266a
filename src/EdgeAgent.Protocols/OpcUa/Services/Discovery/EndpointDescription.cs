using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Protocols.OpcUa.Services.Discovery;

/// <summary>One way to connect to a server: address, security and users (OPC 10000-4 §7.14).</summary>
internal sealed record EndpointDescription(
    string? EndpointUrl, ApplicationDescription Server, byte[]? ServerCertificate, MessageSecurityMode Mode, string? SecurityPolicyUri,
    UserTokenPolicy[]? UserTokens, string? TransportProfileUri, byte SecurityLevel)
{
    public const int BytesMin = ApplicationDescription.BytesMin + 25;

    public void Write(UaBuffer target)
    {
        target.WriteString(EndpointUrl);
        Server.Write(target);
        target.WriteByteString(ServerCertificate);
        target.WriteInt32((int)Mode);
        target.WriteString(SecurityPolicyUri);
        target.WriteEach(UserTokens, static (b, token) => token.Write(b));
        target.WriteString(TransportProfileUri);
        target.WriteByte(SecurityLevel);
    }

    public static EndpointDescription Read(ref UaReader reader) => new(
        reader.ReadString(), ApplicationDescription.Read(ref reader), reader.ReadByteString(), (MessageSecurityMode)reader.ReadInt32(), reader.ReadString(),
        reader.ReadEach(UserTokenPolicy.BytesMin, static (ref UaReader r) => UserTokenPolicy.Read(ref r)), reader.ReadString(), reader.ReadByte());
}
