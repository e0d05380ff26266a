using System.Security.Cryptography;
using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Protocols.OpcUa.Services.Sessions;

/// <summary>
/// The proof that the one who owns the channel's certificate also makes the session: each side signs the other's certificate
/// followed by the other's nonce (OPC 10000-4 §5.6.2 and §5.6.3).
/// </summary>
internal static class SessionSignature
{
    public static SignatureData Create(SecurityPolicy policy, OwnCertificate? own, ReadOnlySpan<byte> peerCertificate, ReadOnlySpan<byte> peerNonce)
    {
        if (policy.IsNone)
        {
            return default;
        }
        byte[] signed = [.. peerCertificate, .. peerNonce];
        return new SignatureData(policy.SignatureUri, own!.Key.SignData(signed, HashAlgorithmName.SHA256, policy.SignaturePadding));
    }

    /// <summary>Whether the peer signed our certificate and our nonce; without security there is nothing to sign.</summary>
    public static bool Verify(SecurityPolicy policy, PeerCertificate? peer, ReadOnlySpan<byte> ownCertificate, ReadOnlySpan<byte> ownNonce, SignatureData signature)
    {
        if (policy.IsNone)
        {
            return true;
        }
        byte[] signed = [.. ownCertificate, .. ownNonce];
        return signature.Algorithm == policy.SignatureUri && signature.Signature is not null
            && peer!.Key.VerifyData(signed, signature.Signature, HashAlgorithmName.SHA256, policy.SignaturePadding);
    }
}
