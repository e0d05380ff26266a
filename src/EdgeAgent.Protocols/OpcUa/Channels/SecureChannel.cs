using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.OpcUa.Channels;

/// <summary>
/// One end of a secure channel (OPC 10000-6 §6.7): messages in, chunks out and back. It does no input or output, has one
/// owner, and must not be used any more after a fault other than <see cref="ChannelFault.MessageTooLarge"/>.
/// </summary>
internal sealed class SecureChannel : IDisposable
{
    private readonly ChannelSide _side;
    private readonly OwnCertificate? _own;
    private readonly PeerCertificate? _peer;
    private readonly AgreedLimits _limits;
    private readonly TimeProvider _time;
    private readonly int _bodyBytesMax;
    private SequenceNumbers _sent;
    private SequenceNumbers _received;
    private ChannelToken? _current;

    // Client: the token before the current one, until it has expired: a server may answer a Publish request that came under it, long after
    // it has used the current one elsewhere. Server: the next token, until the client has used it; only then may the server use it too
    // (OPC 10000-4 §5.5.2).
    private ChannelToken? _other;

    /// <param name="own">Our certificate; not needed without security. Neither certificate is disposed.</param>
    public SecureChannel(
        ChannelSide side, SecurityPolicy policy, MessageSecurityMode mode, OwnCertificate? own, PeerCertificate? peer, AgreedLimits limits, TimeProvider time)
    {
        if (mode == MessageSecurityMode.Invalid || policy.IsNone != (mode == MessageSecurityMode.None) || (!policy.IsNone && (own is null || peer is null)))
        {
            throw new ArgumentException($"Policy {policy} with mode {mode} needs another mode or certificates.", nameof(mode));
        }
        _side = side;
        Policy = policy;
        Mode = mode;
        _own = own;
        _peer = peer;
        _limits = limits;
        _time = time;
        _bodyBytesMax = SymmetricChunk.BodyBytesMax(limits.SendChunkBytesMax, mode);
        Incoming = new MessageAssembler(limits.ReceiveMessageBytesMax, limits.ReceiveChunkCountMax);
    }

    public SecurityPolicy Policy { get; }

    public MessageSecurityMode Mode { get; }

    /// <summary>The server's number for the channel; 0 until it is open.</summary>
    public uint ChannelId { get; private set; }

    public bool IsOpen => _current is not null;

    /// <summary>Three quarters of the newest token's life are over.</summary>
    public bool IsRenewalDue => Newest?.IsRenewalDue ?? false;

    /// <summary>How long until the newest token must be renewed; zero when it is due.</summary>
    public TimeSpan RenewalIn => Newest?.RenewalIn ?? Timeout.InfiniteTimeSpan;

    public uint TokenId => Newest?.Id ?? 0;

    /// <summary>The message that <see cref="Read"/> is putting together.</summary>
    public MessageAssembler Incoming { get; }

    private ChannelToken? Newest => _side == ChannelSide.Server ? _other ?? _current : _current;

    /// <summary>Writes the message that opens or renews the channel.</summary>
    public void WriteOpen(UaBuffer target, uint requestId, ReadOnlySpan<byte> message) =>
        AsymmetricChunk.Write(target, Policy, _own, _peer, ChannelId, new SequenceHeader(_sent.Next(), requestId), message);

    /// <summary>Opens the message that opens or renews the channel; its bytes are changed.</summary>
    public ChannelFault ReadOpen(Span<byte> chunk, out uint requestId, out ReadOnlySpan<byte> message)
    {
        ChannelFault fault = AsymmetricChunk.Open(chunk, Policy, _own, _peer, out uint channelId, out SequenceHeader sequence, out message);
        requestId = sequence.RequestId;
        if (fault != ChannelFault.None)
        {
            return fault;
        }
        if (ChannelId != 0 && channelId != ChannelId)
        {
            return ChannelFault.ChannelIdInvalid;
        }
        return _received.TryAccept(sequence.SequenceNumber) ? ChannelFault.None : ChannelFault.SequenceNumberInvalid;
    }

    /// <summary>
    /// Begins to use a token. A client sends with it at once and goes on to accept the one before until that has expired; a server accepts it at once and sends with it as soon as the client has.
    /// </summary>
    public void Install(uint channelId, uint tokenId, TimeSpan lifetime, ReadOnlySpan<byte> clientNonce, ReadOnlySpan<byte> serverNonce)
    {
        DirectionKeys? toServer = Policy.IsNone ? null : new DirectionKeys(Policy, serverNonce, clientNonce);
        DirectionKeys? toClient = Policy.IsNone ? null : new DirectionKeys(Policy, clientNonce, serverNonce);
        bool isClient = _side == ChannelSide.Client;
        var token = new ChannelToken(tokenId, isClient ? toServer : toClient, isClient ? toClient : toServer, lifetime, _time);
        ChannelId = channelId;
        _other?.Dispose();
        if (isClient || _current is null)
        {
            _other = _current;
            _current = token;
        }
        else
        {
            _other = token;
        }
    }

    /// <summary>Writes a message in as many chunks as it takes; nothing is written when it is larger than the peer takes.</summary>
    public ChannelFault Write(UaBuffer target, UaTcpMessageType type, uint requestId, ReadOnlySpan<byte> message)
    {
        ChannelToken token = _current ?? throw new InvalidOperationException("The channel is not open.");
        int chunks = Math.Max(1, (message.Length + _bodyBytesMax - 1) / _bodyBytesMax);
        if (message.Length > _limits.SendMessageBytesMax || chunks > _limits.SendChunkCountMax || (chunks > 1 && type != UaTcpMessageType.Message))
        {
            return ChannelFault.MessageTooLarge;
        }
        for (int chunk = 1; chunk <= chunks; chunk++)
        {
            ReadOnlySpan<byte> body = message[..Math.Min(_bodyBytesMax, message.Length)];
            message = message[body.Length..];
            ChunkKind kind = chunk == chunks ? ChunkKind.Final : ChunkKind.Intermediate;
            SymmetricChunk.Write(target, Mode, ChannelId, token, type, kind, new SequenceHeader(_sent.Next(), requestId), body);
        }
        return ChannelFault.None;
    }

    /// <summary>Tells the peer that a message will not come, or not to its end.</summary>
    public void WriteAbort(UaBuffer target, uint requestId, ErrorMessage reason)
    {
        ChannelToken token = _current ?? throw new InvalidOperationException("The channel is not open.");
        var body = new UaBuffer(64);
        reason.WriteBody(body);
        SymmetricChunk.Write(target, Mode, ChannelId, token, UaTcpMessageType.Message, ChunkKind.Abort,
            new SequenceHeader(_sent.Next(), requestId), body.WrittenSpan);
    }

    /// <summary>Leaves one sequence number out, as a broken peer does; for the simulator.</summary>
    public void SkipSequenceNumber() => _sent.Next();

    /// <summary>Takes a whole chunk of a message (or of a close), whose bytes are changed, and adds it to <see cref="Incoming"/>.</summary>
    public ChannelFault Read(in UaTcpFrame frame, Span<byte> chunk, out AssemblyStatus status)
    {
        ChannelFault fault = Open(chunk, out SequenceHeader sequence, out ReadOnlySpan<byte> body);
        status = fault == ChannelFault.None ? Incoming.Add(frame.Chunk, sequence.RequestId, body) : AssemblyStatus.Incomplete;
        return status == AssemblyStatus.Invalid ? ChannelFault.Malformed : fault;
    }

    /// <summary>
    /// The same, with the message when it is complete: where it lies in the chunk when it came in one, otherwise in
    /// <see cref="Incoming"/>. Valid until the bytes of the chunk are used again or the next chunk is taken.
    /// </summary>
    public ChannelFault Read(in UaTcpFrame frame, Span<byte> chunk, out AssemblyStatus status, out uint requestId, out ReadOnlySpan<byte> message)
    {
        status = AssemblyStatus.Incomplete;
        message = default;
        ChannelFault fault = Open(chunk, out SequenceHeader sequence, out ReadOnlySpan<byte> body);
        requestId = sequence.RequestId;
        if (fault != ChannelFault.None)
        {
            return fault;
        }
        if (frame.Chunk == ChunkKind.Final && Incoming.IsIdle && body.Length <= _limits.ReceiveMessageBytesMax)
        {
            status = AssemblyStatus.Complete;
            message = body;
            return ChannelFault.None;
        }
        status = Incoming.Add(frame.Chunk, requestId, body);
        message = status == AssemblyStatus.Complete ? Incoming.Message.Span : default;
        return status == AssemblyStatus.Invalid ? ChannelFault.Malformed : ChannelFault.None;
    }

    public void Dispose()
    {
        _current?.Dispose();
        _other?.Dispose();
    }

    private ChannelFault Open(Span<byte> chunk, out SequenceHeader sequence, out ReadOnlySpan<byte> body)
    {
        sequence = default;
        body = default;
        if (!SymmetricChunk.TryReadHead(chunk, out uint channelId, out uint tokenId))
        {
            return ChannelFault.Malformed;
        }
        if (_current is null || channelId != ChannelId)
        {
            return ChannelFault.ChannelIdInvalid;
        }
        ChannelToken? token = tokenId == _current.Id ? _current : tokenId == _other?.Id ? _other : null;
        if (token is null || token.IsExpired)
        {
            return token is null ? ChannelFault.TokenUnknown : ChannelFault.TokenExpired;
        }
        ChannelFault fault = SymmetricChunk.Open(chunk, Mode, token, out sequence, out body);
        if (fault != ChannelFault.None)
        {
            return fault;
        }
        if (!_received.TryAccept(sequence.SequenceNumber))
        {
            return ChannelFault.SequenceNumberInvalid;
        }
        MoveOn(token);
        return ChannelFault.None;
    }

    // Once the client has used the newer token, the server uses it too, and the client must not go back to the older one.
    private void MoveOn(ChannelToken used)
    {
        if (_side == ChannelSide.Client || _other is null || used != Newest)
        {
            return;
        }
        _current!.Dispose();
        _current = _other;
        _other = null;
    }
}
