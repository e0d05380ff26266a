using System.Runtime.CompilerServices;

namespace EdgeAgent.Core.Batches.Wire;

/// <summary>Reads protobuf fields from a span. Never throws: a method returns false at the first byte that does not fit, and
/// stays false.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly bool AtEnd => _position >= _bytes.Length;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadVarint(out ulong value)
    {
        if (_position < _bytes.Length && _bytes[_position] < 0x80)
        {
            value = _bytes[_position++];
            return true;
        }

        return TryReadLongVarint(out value);
    }

    private bool TryReadLongVarint(out ulong value)
    {
        value = 0;
        int position = _position;
        for (int shift = 0; shift < 70 && position < _bytes.Length; shift += 7)
        {
            byte part = _bytes[position++];
            if (shift == 63 && part > 1)
            {
                return false;
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                _position = position;
                return true;
            }
        }

        return false;
    }

    public bool TryReadTag(out int field, out WireType type)
    {
        field = 0;
        type = default;
        if (!TryReadVarint(out ulong tag) || tag >> 3 is 0 or > 0x1FFF_FFFF)
        {
            return false;
        }

        field = (int)(tag >> 3);
        type = (WireType)(tag & 7);
        return true;
    }

    public bool TryReadBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!TryReadVarint(out ulong length) || length > (ulong)Remaining)
        {
            return false;
        }

        bytes = _bytes.Slice(_position, (int)length);
        _position += (int)length;
        return true;
    }

    public bool TryReadInt64(out long value)
    {
        bool read = TryReadVarint(out ulong raw);
        value = (long)raw;
        return read;
    }

    /// <summary>A varint that fits a non-negative int.</summary>
    public bool TryReadCount(out int value)
    {
        bool read = TryReadVarint(out ulong raw) && raw <= int.MaxValue;
        value = read ? (int)raw : 0;
        return read;
    }

    /// <summary>Passes over a field of a later minor version.</summary>
    public bool TrySkip(WireType type)
    {
        switch (type)
        {
            case WireType.Varint:
                return TryReadVarint(out _);
            case WireType.Bytes:
                return TryReadBytes(out _);
            case WireType.Fixed64:
                return TryAdvance(8);
            case WireType.Fixed32:
                return TryAdvance(4);
            default:
                return false;
        }
    }

    private bool TryAdvance(int count)
    {
        if (Remaining < count)
        {
            return false;
        }

        _position += count;
        return true;
    }
}
