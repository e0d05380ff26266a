using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services.Sessions;

namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>What a session is activated with: who the user is, and the proof of it.</summary>
internal readonly record struct UserProof(ExtensionObject Token, SignatureData Signature)
{
    /// <exception cref="OpcUaConnectException">The proof cannot be made without giving a secret away.</exception>
    public static UserProof Of(OpcUaClientOptions options, EndpointChoice choice, ChannelTerms terms, byte[] serverNonce)
    {
        EndpointChoice.TryPolicyOf(choice.UserToken, terms.Policy, out SecurityPolicy policy);
        string? policyId = choice.UserToken.PolicyId;
        switch (options.Identity)
        {
            case OpcUaUserIdentity.UserName user when policy.IsNone:
                // A channel that encrypts hides it all the same.
                if (terms.Mode != MessageSecurityMode.SignAndEncrypt && !options.AllowPlainTextPassword)
                {
                    throw new OpcUaConnectException(
                        $"{terms.Address}: the server wants the password of '{user.Name}' in plain text over a channel that does not hide it; "
                        + "use SignAndEncrypt, or allow plain text passwords for this endpoint", StatusCodes.BadSecurityModeRejected);
                }
                return new UserProof(UserNameIdentity.Plain(policyId, user.Name, user.Password), default);
            case OpcUaUserIdentity.UserName user:
                return new UserProof(UserNameIdentity.Encrypted(policyId, user.Name, user.Password, policy, Recipient(terms, choice), serverNonce), default);
            case OpcUaUserIdentity.Certificate certificate:
                using (var own = new OwnCertificate(certificate.Own))
                {
                    byte[] server = policy.IsNone ? [] : Recipient(terms, choice).Der.ToArray();
                    return new UserProof(CertificateIdentity.Token(policyId, own.Der), SessionSignature.Create(policy, own, server, serverNonce));
                }
            default:
                return new UserProof(AnonymousIdentity.Token(policyId), default);
        }
    }

    private static PeerCertificate Recipient(ChannelTerms terms, EndpointChoice choice) => terms.Server
        ?? throw new OpcUaConnectException(
            $"{terms.Address}: the user's proof is to be sealed for the server '{choice.Endpoint.Server.ApplicationUri}', which has no trusted certificate",
            StatusCodes.BadCertificateUntrusted);
}
