namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>
/// The bytes received and not yet used. It begins small, because many sessions are quiet, and grows while reads fill it up
/// or a chunk does not fit; never by what a header merely claims beyond the agreed size of chunks.
/// </summary>
internal sealed class UaReceiveBuffer(int sizeBytesMin = 8192)
{
    // Two chunks of the usual 64 KiB: one is decoded while the next has begun to arrive.
    private const int UsefulBytesMax = 128 * 1024;

    private byte[] _bytes = new byte[sizeBytesMin];
    private int _start;
    private int _end;

    public Span<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    public void Received(int count) => _end += count;

    /// <summary>The first bytes, now used; they stay where they are until <see cref="Room"/>.</summary>
    public Span<byte> Take(int count)
    {
        Span<byte> taken = _bytes.AsSpan(_start, count);
        _start += count;
        return taken;
    }

    /// <summary>Room for the next read.</summary>
    /// <param name="chunkBytes">The size of the chunk that has begun, if its header is there.</param>
    public Memory<byte> Room(int chunkBytes)
    {
        int unread = _end - _start;
        bool wasFilled = _end == _bytes.Length && _bytes.Length < UsefulBytesMax;
        if (wasFilled || chunkBytes > _bytes.Length)
        {
            byte[] larger = new byte[Math.Max(chunkBytes, Math.Min(_bytes.Length * 2, UsefulBytesMax))];
            _bytes.AsSpan(_start, unread).CopyTo(larger);
            _bytes = larger;
        }
        else if (unread > 0 && _bytes.Length - _start >= Math.Max(chunkBytes, _bytes.Length / 2) && _end < _bytes.Length)
        {
            return _bytes.AsMemory(_end);
        }
        else
        {
            _bytes.AsSpan(_start, unread).CopyTo(_bytes);
        }
        _start = 0;
        _end = unread;
        return _bytes.AsMemory(_end);
    }
}
