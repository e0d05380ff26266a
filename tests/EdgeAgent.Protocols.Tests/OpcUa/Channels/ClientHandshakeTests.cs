using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.Tests.OpcUa.Channels;

public sealed class ClientHandshakeTests
{
    [Fact]
    public void A_refusal_is_told()
    {
        using ChannelPair pair = Pair();
        Assert.Equal(ChannelFault.OpenRefused, pair.Handshake.ReadResponse(pair.Answer(pair.Request(), result: StatusCodes.BadSecurityModeRejected)));
        Assert.Equal(StatusCodes.BadSecurityModeRejected, pair.Handshake.Refusal.Value);
        Assert.False(pair.Client.IsOpen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(64)]
    public void A_nonce_of_the_wrong_length_is_refused(int size)
    {
        using ChannelPair pair = Pair();
        Assert.Equal(ChannelFault.NonceInvalid, pair.Handshake.ReadResponse(pair.Answer(pair.Request(), new byte[size])));
        Assert.False(pair.Client.IsOpen);
    }

    [Fact]
    public void Another_servers_answer_is_refused()
    {
        using ChannelPair pair = Pair();
        using PeerCertificate other = TestCertificates.Peer("other");
        using OwnCertificate own = TestCertificates.Own("client");
        using var client = new SecureChannel(ChannelSide.Client, SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, own, other, ChannelPair.Limits, pair.Time);
        Assert.Equal(ChannelFault.CertificateMismatch, new ClientHandshake(client).ReadResponse(pair.Answer(pair.Request())));
    }

    [Fact]
    public void An_answer_for_another_client_is_refused()
    {
        using ChannelPair pair = Pair();
        using PeerCertificate server = TestCertificates.Peer("server");
        using OwnCertificate own = TestCertificates.Own("other");
        using var client = new SecureChannel(ChannelSide.Client, SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, own, server, ChannelPair.Limits, pair.Time);
        Assert.Equal(ChannelFault.ThumbprintMismatch, new ClientHandshake(client).ReadResponse(pair.Answer(pair.Request())));
    }

    [Fact]
    public void An_answer_under_another_policy_is_refused()
    {
        using ChannelPair pair = Pair();
        using var plain = new SecureChannel(ChannelSide.Client, SecurityPolicy.None, MessageSecurityMode.None, null, null, ChannelPair.Limits, pair.Time);
        Assert.Equal(ChannelFault.PolicyMismatch, new ClientHandshake(plain).ReadResponse(pair.Answer(pair.Request())));
    }

    [Fact]
    public void A_changed_or_cut_answer_is_refused()
    {
        using ChannelPair pair = Pair();
        byte[] answer = pair.Answer(pair.Request());
        for (int at = UaTcpFrame.HeaderBytes; at < answer.Length; at += 41)
        {
            byte[] changed = [.. answer];
            changed[at] ^= 0x10;
            Assert.NotEqual(ChannelFault.None, pair.Handshake.ReadResponse(changed));
            Assert.NotEqual(ChannelFault.None, pair.Handshake.ReadResponse(answer[..at]));
        }
        Assert.Equal(ChannelFault.None, pair.Handshake.ReadResponse([.. answer]));
        Assert.Equal(ChannelFault.SequenceNumberInvalid, pair.Handshake.ReadResponse([.. answer]));
    }

    [Fact]
    public void A_mode_without_its_certificates_is_refused_at_once()
    {
        Assert.Throws<ArgumentException>(() => new SecureChannel(
            ChannelSide.Client, SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign, null, null, ChannelPair.Limits, TimeProvider.System));
        Assert.Throws<ArgumentException>(() => new SecureChannel(
            ChannelSide.Client, SecurityPolicy.None, MessageSecurityMode.SignAndEncrypt, null, null, ChannelPair.Limits, TimeProvider.System));
    }

    [Theory]
    [InlineData("")]
    [InlineData("30 82 FF FF 00")]
    [InlineData("00")]
    public void What_is_no_certificate_is_refused(string hex) => Assert.False(PeerCertificate.TryRead(Hex.Bytes(hex), out _));

    [Fact]
    public void Of_a_chain_the_first_certificate_counts()
    {
        using PeerCertificate server = TestCertificates.Peer("server");
        using PeerCertificate issuer = TestCertificates.Peer("other");
        byte[] chain = [.. server.Der.Span, .. issuer.Der.Span];
        Assert.True(PeerCertificate.TryRead(chain, out PeerCertificate? first));
        Assert.Equal(server.Thumbprint, first.Thumbprint);
        first.Dispose();
    }

    private static ChannelPair Pair() => new(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign);
}
