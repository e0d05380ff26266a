using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.OpcUa.Transport;

/// <summary>
/// Puts the chunks of a message together. It keeps at most the agreed size: what goes beyond is dropped until the last chunk,
/// so that one huge response costs its request and not the connection.
/// </summary>
internal sealed class MessageAssembler(int messageBytesMax, int chunkCountMax)
{
    // A buffer that one large message has blown up is given back when the next message begins.
    private const int KeptBytesMax = 1024 * 1024;

    private readonly UaBuffer _message = new();
    private int _chunks;
    private bool _isTooLarge;
    private bool _isDone = true;

    /// <summary>No message has begun and not ended: the next chunk begins one.</summary>
    public bool IsIdle => _isDone;

    /// <summary>The request that the latest chunk belongs to.</summary>
    public uint RequestId { get; private set; }

    /// <summary>The message after <see cref="AssemblyStatus.Complete"/>; valid until the next chunk is added.</summary>
    public ReadOnlyMemory<byte> Message => _message.Written;

    /// <summary>Why the sender gave up, after <see cref="AssemblyStatus.Aborted"/>.</summary>
    public ErrorMessage Abort { get; private set; }

    public AssemblyStatus Add(ChunkKind kind, uint requestId, ReadOnlySpan<byte> body)
    {
        if (_isDone)
        {
            Begin(requestId);
        }
        else if (requestId != RequestId)
        {
            return AssemblyStatus.Invalid;
        }
        if (kind == ChunkKind.Abort)
        {
            _isDone = true;
            bool isReadable = ErrorMessage.TryReadBody(body, out ErrorMessage abort);
            Abort = abort;
            return isReadable ? AssemblyStatus.Aborted : AssemblyStatus.Invalid;
        }
        _chunks++;
        _isTooLarge |= _chunks > chunkCountMax || body.Length > messageBytesMax - _message.Length;
        if (!_isTooLarge)
        {
            _message.WriteRaw(body);
        }
        if (kind == ChunkKind.Intermediate)
        {
            return AssemblyStatus.Incomplete;
        }
        _isDone = true;
        return _isTooLarge ? AssemblyStatus.TooLarge : AssemblyStatus.Complete;
    }

    private void Begin(uint requestId)
    {
        _message.Clear();
        _message.Trim(KeptBytesMax);
        _chunks = 0;
        _isTooLarge = false;
        _isDone = false;
        RequestId = requestId;
    }
}
