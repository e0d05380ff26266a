using System.Security.Cryptography;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>A server's end of a secure channel: it is opened and renewed by the client's requests (OPC 10000-4 §5.5.2).</summary>
internal sealed class ServerChannel(ServerCore core, AgreedLimits limits) : IDisposable
{
    private readonly UaBuffer _message = new(256);
    private SecureChannel? _channel;
    private uint _tokenId;

    public bool IsOpen => _channel is { IsOpen: true };

    public SecurityPolicy Policy => _channel!.Policy;

    public MessageSecurityMode Mode => _channel!.Mode;

    public uint Id => _channel!.ChannelId;

    /// <summary>The client's certificate; null without security.</summary>
    public PeerCertificate? Peer { get; private set; }

    public MessageAssembler Incoming => _channel!.Incoming;

    /// <summary>Opens or renews the channel and writes the response; a bad status ends the connection.</summary>
    public StatusCode Open(Span<byte> chunk, UaBuffer target)
    {
        if (_channel is null)
        {
            StatusCode status = Create(chunk);
            if (status.IsBad)
            {
                return status;
            }
        }
        SecureChannel channel = _channel!;
        ChannelFault fault = channel.ReadOpen(chunk, out uint requestId, out ReadOnlySpan<byte> message);
        if (fault != ChannelFault.None)
        {
            return fault.ToStatus();
        }
        UaFault decoding = OpenSecureChannelRequest.TryRead(message, out OpenSecureChannelRequest request);
        if (decoding != UaFault.None)
        {
            return decoding.ToStatus();
        }
        if (request.Mode != channel.Mode || request.IsRenewal != channel.IsOpen)
        {
            return StatusCodes.BadSecurityModeRejected;
        }
        if (request.ClientNonce.Length != channel.Policy.NonceBytes && !channel.Policy.IsNone)
        {
            return StatusCodes.BadNonceInvalid;
        }
        byte[] nonce = RandomNumberGenerator.GetBytes(channel.Policy.NonceBytes);
        uint lifetimeMs = Math.Clamp(request.LifetimeMs, core.Limits.ChannelLifetimeMsMin, core.Limits.ChannelLifetimeMsMax);
        uint channelId = channel.IsOpen ? channel.ChannelId : core.NextChannelId();
        channel.Install(channelId, ++_tokenId, TimeSpan.FromMilliseconds(lifetimeMs), request.ClientNonce, nonce);
        _message.Clear();
        new OpenSecureChannelResponse(
            new ResponseHeader(core.UtcNow, request.Header.RequestHandle, StatusCodes.Good), channelId, _tokenId, core.UtcNow, lifetimeMs, nonce).Write(_message);
        channel.WriteOpen(target, requestId, _message.WrittenSpan);
        return StatusCodes.Good;
    }

    public ChannelFault Read(in UaTcpFrame frame, Span<byte> chunk, out AssemblyStatus status) => _channel!.Read(frame, chunk, out status);

    /// <summary>Whether the client takes a message of this size.</summary>
    public bool Fits(int bytes)
    {
        int body = SymmetricChunk.BodyBytesMax(limits.SendChunkBytesMax, Mode);
        return bytes <= limits.SendMessageBytesMax && (bytes + body - 1) / body <= limits.SendChunkCountMax;
    }

    public void Write(UaBuffer target, uint requestId, ReadOnlySpan<byte> message) =>
        _channel!.Write(target, UaTcpMessageType.Message, requestId, message);

    public void SkipSequenceNumber() => _channel?.SkipSequenceNumber();

    public void Dispose()
    {
        _channel?.Dispose();
        Peer?.Dispose();
    }

    private StatusCode Create(ReadOnlySpan<byte> chunk)
    {
        if (!AsymmetricChunk.TryReadHead(chunk, out _, out string? uri, out byte[]? certificate))
        {
            return StatusCodes.BadDecodingError;
        }
        // Without security anybody may ask for endpoints; a session is another matter.
        if (!SecurityPolicy.TryFind(uri, out SecurityPolicy policy) || (!policy.IsNone && !core.Options.Policies.Contains(policy)))
        {
            return StatusCodes.BadSecurityPolicyRejected;
        }
        PeerCertificate? peer = null;
        if (!policy.IsNone && !PeerCertificate.TryRead(certificate, out peer))
        {
            return StatusCodes.BadCertificateInvalid;
        }
        Peer = peer;

        // The mode is written inside the message that the channel is needed to read, so it is read from a copy first.
        ChannelFault fault = AsymmetricChunk.Open(chunk.ToArray(), policy, core.Own, peer, out _, out _, out ReadOnlySpan<byte> body);
        if (fault != ChannelFault.None)
        {
            return fault.ToStatus();
        }
        UaFault decoding = OpenSecureChannelRequest.TryRead(body, out OpenSecureChannelRequest request);
        if (decoding != UaFault.None)
        {
            return decoding.ToStatus();
        }
        if (request.Mode is < MessageSecurityMode.None or > MessageSecurityMode.SignAndEncrypt || policy.IsNone != (request.Mode == MessageSecurityMode.None))
        {
            return StatusCodes.BadSecurityModeRejected;
        }
        // What the client can take is checked before a message is written, so that a fault can ignore it.
        AgreedLimits unlimited = limits with { SendMessageBytesMax = int.MaxValue, SendChunkCountMax = int.MaxValue };
        _channel = new SecureChannel(ChannelSide.Server, policy, request.Mode, core.Own, peer, unlimited, core.Time);
        return StatusCodes.Good;
    }
}
