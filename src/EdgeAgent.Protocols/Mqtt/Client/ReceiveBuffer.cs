namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>
/// The bytes read from the socket and not yet used. Its array can be handed over to a handler that is still busy with a
/// message, and reading goes on in another.
/// </summary>
internal sealed class ReceiveBuffer
{
    // One read of this size takes about sixty messages of 1 KiB, or thousands of acknowledgements.
    private const int SizeBytes = 64 * 1024;

    private byte[] _bytes = new byte[SizeBytes];
    private byte[]? _spare;
    private int _start;
    private int _end;

    public ReadOnlyMemory<byte> Unread => _bytes.AsMemory(_start, _end - _start);

    public ReadOnlySpan<byte> UnreadSpan => _bytes.AsSpan(_start, _end - _start);

    public void Consume(int count) => _start += count;

    public void Received(int count) => _end += count;

    /// <summary>
    /// Room for the next read. Grows by doubling while a packet does not fit, never by what a header merely claims.
    /// </summary>
    public Memory<byte> Room()
    {
        int unread = _end - _start;
        if (unread == 0 && _bytes.Length > SizeBytes)
        {
            _bytes = new byte[SizeBytes];
            _start = _end = 0;
        }
        else if (unread == 0)
        {
            _start = _end = 0;
        }
        else if (_bytes.Length - _end < _bytes.Length / 4)
        {
            byte[] target = unread > _bytes.Length / 2 ? new byte[_bytes.Length * 2] : _bytes;
            _bytes.AsSpan(_start, unread).CopyTo(target);
            _bytes = target;
            _start = 0;
            _end = unread;
        }
        return _bytes.AsMemory(_end);
    }

    /// <summary>Leaves the array to whoever still reads the consumed part; the unread part moves to another array.</summary>
    public byte[] HandOver()
    {
        byte[] given = _bytes;
        int unread = _end - _start;
        byte[] target = Interlocked.Exchange(ref _spare, null) ?? [];
        if (target.Length < given.Length)
        {
            target = new byte[given.Length];
        }
        given.AsSpan(_start, unread).CopyTo(target);
        _bytes = target;
        _start = 0;
        _end = unread;
        return given;
    }

    /// <summary>Gives an array back after its reader has finished; may come from another thread.</summary>
    public void Return(byte[] array) => Volatile.Write(ref _spare, array);
}
