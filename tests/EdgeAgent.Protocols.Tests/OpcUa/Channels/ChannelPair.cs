using System.Security.Cryptography;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Transport;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.OpcUa.Channels;

/// <summary>Both ends of a channel with no network between them.</summary>
internal sealed class ChannelPair : IDisposable
{
    public const uint ChannelId = 77;
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static readonly AgreedLimits Limits = new(8192, 8192, 100_000, 20, 100_000, 20);

    private readonly OwnCertificate[] _own;
    private readonly PeerCertificate[] _peers;
    private uint _token;

    public ChannelPair(SecurityPolicy policy, MessageSecurityMode mode, int clientKeyBits = 2048, int serverKeyBits = 2048)
    {
        _own = [TestCertificates.Own("client", clientKeyBits), TestCertificates.Own("server", serverKeyBits)];
        _peers = [TestCertificates.Peer("server", serverKeyBits), TestCertificates.Peer("client", clientKeyBits)];
        Client = new SecureChannel(ChannelSide.Client, policy, mode, _own[0], _peers[0], Limits, Time);
        Server = new SecureChannel(ChannelSide.Server, policy, mode, _own[1], _peers[1], Limits, Time);
        Handshake = new ClientHandshake(Client);
    }

    public FakeTimeProvider Time { get; } = new();

    public SecureChannel Client { get; }

    public SecureChannel Server { get; }

    public ClientHandshake Handshake { get; }

    public ChannelPair Opened()
    {
        Assert.Equal(ChannelFault.None, Handshake.ReadResponse(Answer(Request())));
        return this;
    }

    public byte[] Request()
    {
        var target = new UaBuffer();
        Handshake.WriteRequest(target, 1, new RequestHeader(default, Time.GetUtcNow().UtcDateTime, 5, 10_000), Lifetime);
        return target.Written.ToArray();
    }

    /// <summary>What a server does with the request: it answers with a new token and its own nonce.</summary>
    public byte[] Answer(byte[] request, byte[]? nonce = null, StatusCode result = default)
    {
        Assert.Equal(ChannelFault.None, Server.ReadOpen(request, out uint requestId, out ReadOnlySpan<byte> message));
        Assert.Equal(UaFault.None, OpenSecureChannelRequest.TryRead(message, out OpenSecureChannelRequest asked));
        Assert.Equal(Server.Mode, asked.Mode);
        Assert.Equal(Server.IsOpen, asked.IsRenewal);
        nonce ??= RandomNumberGenerator.GetBytes(Server.Policy.NonceBytes);
        var response = new UaBuffer();
        new OpenSecureChannelResponse(new(default, asked.Header.RequestHandle, result), ChannelId, ++_token, default, asked.LifetimeMs, nonce).Write(response);
        if (!result.IsBad)
        {
            Server.Install(ChannelId, _token, TimeSpan.FromMilliseconds(asked.LifetimeMs), asked.ClientNonce, nonce);
        }
        var target = new UaBuffer();
        Server.WriteOpen(target, requestId, response.WrittenSpan);
        return target.Written.ToArray();
    }

    public static byte[] Write(SecureChannel from, ReadOnlySpan<byte> message, uint requestId = 9)
    {
        var target = new UaBuffer();
        Assert.Equal(ChannelFault.None, from.Write(target, UaTcpMessageType.Message, requestId, message));
        return target.Written.ToArray();
    }

    /// <summary>Takes all chunks; the fault that stopped it, or how the last one left the message.</summary>
    public static ChannelFault Read(SecureChannel to, byte[] chunks, out AssemblyStatus status)
    {
        status = AssemblyStatus.Incomplete;
        Span<byte> rest = chunks;
        while (!rest.IsEmpty)
        {
            Assert.Equal(FrameStatus.Complete, UaTcpFrame.Read(rest, Limits.ReceiveChunkBytesMax, out UaTcpFrame frame));
            ChannelFault fault = to.Read(frame, rest[..frame.SizeBytes], out status);
            if (fault != ChannelFault.None)
            {
                return fault;
            }
            rest = rest[frame.SizeBytes..];
        }
        return ChannelFault.None;
    }

    public static void Pass(SecureChannel from, SecureChannel to, byte[] message)
    {
        Assert.Equal(ChannelFault.None, Read(to, Write(from, message), out AssemblyStatus status));
        Assert.Equal(AssemblyStatus.Complete, status);
        Assert.Equal(9u, to.Incoming.RequestId);
        Assert.Equal(message, to.Incoming.Message.ToArray());
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        Array.ForEach(_own, own => own.Dispose());
        Array.ForEach(_peers, peer => peer.Dispose());
    }
}
