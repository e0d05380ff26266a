namespace EdgeAgent.Store.Sqlite.Chunks;

/// <summary>Reads varints and bytes; whatever does not fit is a <see cref="StoreDamagedException"/>.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public ulong Varint()
    {
        ulong value = 0;
        for (int i = 0, shift = 0; i < _rest.Length && shift < 64; i++, shift += 7)
        {
            byte b = _rest[i];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw Damaged();
    }

    /// <summary>A varint that counts something of which there can be at most <paramref name="max"/>.</summary>
    public int Count(int max)
    {
        ulong value = Varint();
        return value <= (ulong)max ? (int)value : throw Damaged();
    }

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (length > _rest.Length)
        {
            throw Damaged();
        }

        ReadOnlySpan<byte> bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    public static StoreDamagedException Damaged() => new("A chunk of the store cannot be read. The readings are still in the batches as received.");
}
