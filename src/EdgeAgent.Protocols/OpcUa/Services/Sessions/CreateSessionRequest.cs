using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;

namespace EdgeAgent.Protocols.OpcUa.Services.Sessions;

/// <summary>Asks for a session (OPC 10000-4 §5.6.2).</summary>
internal sealed record CreateSessionRequest(
    RequestHeader Header, ApplicationDescription Client, string? ServerUri, string? EndpointUrl, string? SessionName,
    byte[]? ClientNonce, byte[]? ClientCertificate, double TimeoutMs, uint ResponseBytesMax)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.CreateSessionRequest);
        Client.Write(target);
        target.WriteString(ServerUri);
        target.WriteString(EndpointUrl);
        target.WriteString(SessionName);
        target.WriteByteString(ClientNonce);
        target.WriteByteString(ClientCertificate);
        target.WriteDouble(TimeoutMs);
        target.WriteUInt32(ResponseBytesMax);
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out CreateSessionRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        request = new CreateSessionRequest(
            RequestHeader.Read(ref reader, ServiceIds.CreateSessionRequest), ApplicationDescription.Read(ref reader), reader.ReadString(), reader.ReadString(),
            reader.ReadString(), reader.ReadByteString(), reader.ReadByteString(), reader.ReadDouble(), reader.ReadUInt32());
        return reader.End();
    }
}
