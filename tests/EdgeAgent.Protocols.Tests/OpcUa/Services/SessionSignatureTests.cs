using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services.Sessions;
using EdgeAgent.Protocols.Tests.OpcUa.Channels;

namespace EdgeAgent.Protocols.Tests.OpcUa.Services;

public sealed class SessionSignatureTests
{
    private static readonly byte[] s_nonce = new byte[32];

    [Fact]
    public void The_owner_of_the_certificate_can_prove_it()
    {
        using OwnCertificate server = TestCertificates.Own("server");
        using PeerCertificate seen = TestCertificates.Peer("server");
        using PeerCertificate other = TestCertificates.Peer("other");
        byte[] client = TestCertificates.Get("client", 2048).RawData;
        foreach (SecurityPolicy policy in SecurityPolicy.All.Where(policy => !policy.IsNone))
        {
            SignatureData signature = SessionSignature.Create(policy, server, client, s_nonce);
            Assert.True(SessionSignature.Verify(policy, seen, client, s_nonce, signature));
            Assert.False(SessionSignature.Verify(policy, seen, client, new byte[31], signature));
            Assert.False(SessionSignature.Verify(policy, other, client, s_nonce, signature));
            Assert.False(SessionSignature.Verify(policy, seen, client, s_nonce, signature with { Algorithm = null }));
            Assert.False(SessionSignature.Verify(policy, seen, client, s_nonce, signature with { Signature = null }));
        }
    }

    [Fact]
    public void Without_security_nothing_is_signed()
    {
        SignatureData none = SessionSignature.Create(SecurityPolicy.None, null, [], []);
        Assert.Equal(default, none);
        Assert.True(SessionSignature.Verify(SecurityPolicy.None, null, [], [], none));
    }
}
