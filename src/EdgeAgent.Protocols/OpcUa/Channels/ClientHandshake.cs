using System.Security.Cryptography;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;

namespace EdgeAgent.Protocols.OpcUa.Channels;

/// <summary>A client's part in opening and renewing a channel: the request with a fresh nonce, and the checks of the response.</summary>
internal sealed class ClientHandshake(SecureChannel channel)
{
    private byte[] _nonce = [];
    private uint _requestId;

    /// <summary>What the server said, after <see cref="ChannelFault.OpenRefused"/>.</summary>
    public StatusCode Refusal { get; private set; }

    public void WriteRequest(UaBuffer target, uint requestId, in RequestHeader header, TimeSpan lifetime)
    {
        _nonce = RandomNumberGenerator.GetBytes(channel.Policy.NonceBytes);
        _requestId = requestId;
        var message = new UaBuffer(256);
        new OpenSecureChannelRequest(header, channel.IsOpen, channel.Mode, _nonce, (uint)lifetime.TotalMilliseconds).Write(message);
        channel.WriteOpen(target, requestId, message.WrittenSpan);
    }

    /// <summary>Takes the response, whose bytes are changed, and begins to use the token in it.</summary>
    public ChannelFault ReadResponse(Span<byte> chunk)
    {
        ChannelFault fault = channel.ReadOpen(chunk, out uint requestId, out ReadOnlySpan<byte> message);
        if (fault != ChannelFault.None)
        {
            return fault;
        }
        UaFault decoding = OpenSecureChannelResponse.TryRead(message, out OpenSecureChannelResponse response, out StatusCode refusal);
        if (decoding != UaFault.None || requestId != _requestId)
        {
            return ChannelFault.Malformed;
        }
        if (refusal.IsBad)
        {
            Refusal = refusal;
            return ChannelFault.OpenRefused;
        }
        if (response.ChannelId == 0 || response.RevisedLifetimeMs == 0
            || (channel.IsOpen && (response.ChannelId != channel.ChannelId || response.TokenId == channel.TokenId)))
        {
            return ChannelFault.OpenInvalid;
        }
        if (!channel.Policy.IsNone && (response.ServerNonce.Length != channel.Policy.NonceBytes || response.ServerNonce.AsSpan().SequenceEqual(_nonce)))
        {
            return ChannelFault.NonceInvalid;
        }
        channel.Install(response.ChannelId, response.TokenId, TimeSpan.FromMilliseconds(response.RevisedLifetimeMs), _nonce, response.ServerNonce);
        CryptographicOperations.ZeroMemory(_nonce);
        return ChannelFault.None;
    }
}
