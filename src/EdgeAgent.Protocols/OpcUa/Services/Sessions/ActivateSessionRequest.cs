using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Sessions;

/// <summary>Gives a session its user, and takes it over to another channel (OPC 10000-4 §5.6.3).</summary>
/// <param name="UserToken">The encoded identity token, such as <see cref="AnonymousIdentity.Token"/>.</param>
internal sealed record ActivateSessionRequest(
    RequestHeader Header, SignatureData ClientSignature, string?[]? LocaleIds, ExtensionObject UserToken, SignatureData UserTokenSignature)
{
    public void Write(UaBuffer target)
    {
        Header.Write(target, ServiceIds.ActivateSessionRequest);
        ClientSignature.Write(target);
        target.WriteInt32(-1); // software certificates were never used
        target.WriteEach(LocaleIds, static (b, id) => b.WriteString(id));
        target.WriteExtensionObject(UserToken);
        UserTokenSignature.Write(target);
    }

    public static UaFault TryRead(ReadOnlySpan<byte> message, out ActivateSessionRequest request)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        RequestHeader header = RequestHeader.Read(ref reader, ServiceIds.ActivateSessionRequest);
        SignatureData signature = SignatureData.Read(ref reader);
        for (int certificates = reader.ReadArrayLength(8); certificates > 0 && reader.IsGood; certificates--)
        {
            reader.TryReadByteString(out _);
            reader.TryReadByteString(out _);
        }
        request = new ActivateSessionRequest(
            header, signature, reader.ReadEach(4, static (ref UaReader r) => r.ReadString()), reader.ReadExtensionObject(), SignatureData.Read(ref reader));
        return reader.End();
    }
}
