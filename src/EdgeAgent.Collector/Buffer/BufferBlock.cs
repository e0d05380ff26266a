namespace EdgeAgent.Collector.Buffer;

/// <summary>A reusable block of batches read from a buffer. One owner; its memory is valid until the next read into it.</summary>
public sealed class BufferBlock
{
    private const int HashBytes = 32;

    private readonly List<BufferedBatch> _batches = [];
    private byte[] _bytes = [];
    private int _length;

    public IReadOnlyList<BufferedBatch> Batches => _batches;

    public int SignedBytes { get; private set; }

    /// <summary>The batch as it was sealed.</summary>
    public ReadOnlyMemory<byte> Signed(in BufferedBatch batch) => _bytes.AsMemory(batch.Offset, batch.Length);

    /// <summary>The hash with which it was appended.</summary>
    public ReadOnlyMemory<byte> Hash(in BufferedBatch batch) => _bytes.AsMemory(batch.Offset + batch.Length, batch.HashLength);

    public void Clear()
    {
        _batches.Clear();
        _length = 0;
        SignedBytes = 0;
    }

    internal void Add(long sequence, long createdTicks, int readings, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> hash)
    {
        int needed = _length + signed.Length + HashBytes;
        if (_bytes.Length < needed)
        {
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        }

        signed.CopyTo(_bytes.AsSpan(_length));
        hash.CopyTo(_bytes.AsSpan(_length + signed.Length));
        _batches.Add(new BufferedBatch(sequence, createdTicks, readings, _length, signed.Length, hash.Length));
        _length += signed.Length + hash.Length;
        SignedBytes += signed.Length;
    }
}
