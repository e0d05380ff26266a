using System.Buffers.Binary;
using EdgeAgent.Assessment.Evidence.Container;
using EdgeAgent.Core.Batches;

namespace EdgeAgent.Assessment.Evidence.Chains;

/// <summary>Walks over the records of a batch file: four bytes of length, then the batch as the agent signed it.</summary>
internal sealed class BatchRecords(IPackContent content, PackEntry entry, int blockBytes = 4 << 20)
{
    public const int LengthBytes = 4;

    /// <summary>Files are split here, so that several can be read at once.</summary>
    public const long FileBytesMax = 32 << 20;

    private byte[] _block = new byte[(int)Math.Min(blockBytes, Math.Max(LengthBytes, entry.Bytes))];
    private int _start;
    private int _end;

    /// <summary>Where the present record begins.</summary>
    public long Position { get; private set; }

    /// <summary>The present record's batch; valid until the next move.</summary>
    public ReadOnlySpan<byte> Batch => _block.AsSpan(_start + LengthBytes, _length);

    /// <summary>The present record with its length, for hashing the file on the way.</summary>
    public ReadOnlySpan<byte> Record => _block.AsSpan(_start, LengthBytes + _length);

    private int _length = -LengthBytes;

    /// <returns>False at the end of the file, and where a record is cut short or too long: see <see cref="AtEnd"/>.</returns>
    public bool MoveNext()
    {
        Position += LengthBytes + _length;
        _start += LengthBytes + _length;
        _length = 0;
        if (!Have(LengthBytes))
        {
            _length = -LengthBytes;
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(_block.AsSpan(_start));
        if (length > BatchLimits.Default.SignedBytesMax || !Have(LengthBytes + (int)length))
        {
            _length = -LengthBytes;
            return false;
        }

        _length = (int)length;
        return true;
    }

    /// <summary>Whether everything was read when <see cref="MoveNext"/> returned false.</summary>
    public bool AtEnd => Position == entry.Bytes;

    /// <summary>One record whose place is known.</summary>
    public static byte[]? ReadOne(IPackContent content, in PackEntry entry, long position)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        if (position < 0 || content.ReadAt(entry, position, length) != LengthBytes)
        {
            return null;
        }

        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (bytes > BatchLimits.Default.SignedBytesMax || bytes > entry.Bytes)
        {
            return null;
        }

        byte[] batch = new byte[bytes];
        return content.ReadAt(entry, position + LengthBytes, batch) == batch.Length ? batch : null;
    }

    private bool Have(int count)
    {
        if (_end - _start >= count)
        {
            return true;
        }

        int kept = _end - _start;
        byte[] target = count > _block.Length ? new byte[count] : _block;
        _block.AsSpan(_start, kept).CopyTo(target);
        _block = target;
        _end = kept;
        _start = 0;
        _end += content.ReadAt(entry, Position + kept, _block.AsSpan(kept));
        return _end >= count;
    }
}
