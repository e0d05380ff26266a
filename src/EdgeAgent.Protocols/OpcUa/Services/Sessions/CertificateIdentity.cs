using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Services.Sessions;

/// <summary>
/// The identity token of the owner of a certificate (OPC 10000-4 §7.41.5); the proof is a signature beside it, over the
/// server's certificate and nonce.
/// </summary>
internal static class CertificateIdentity
{
    public static ExtensionObject Token(string? policyId, byte[] certificate)
    {
        var body = new UaBuffer(certificate.Length + 64);
        body.WriteString(policyId);
        body.WriteByteString(certificate);
        return new ExtensionObject(new NodeId(ServiceIds.CertificateIdentityToken), ExtensionEncoding.Binary, body.Written.ToArray());
    }
}
