using System.Buffers.Binary;

namespace EdgeAgent.Protocols.Sparkplug;

/// <summary>How a protobuf field is written.</summary>
internal enum ProtobufType : byte
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>Reads protobuf fields from a span. Never throws; a method returns false at the first byte that does not fit.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private int _at;

    public readonly ReadOnlySpan<byte> All { get; } = bytes;

    public readonly bool AtEnd => _at >= All.Length;

    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 70 && _at < All.Length; shift += 7)
        {
            byte part = All[_at++];
            if (shift == 63 && part > 1)
            {
                return false;
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    public bool TryReadTag(out int field, out ProtobufType type)
    {
        bool read = TryReadVarint(out ulong tag) && tag >> 3 is > 0 and <= 0x1FFF_FFFF;
        field = read ? (int)(tag >> 3) : 0;
        type = (ProtobufType)(tag & 7);
        return read;
    }

    /// <param name="offset">Added to the place.</param>
    /// <param name="at">Where the bytes begin.</param>
    public bool TryReadBytes(int offset, out int at, out int length)
    {
        at = length = 0;
        if (!TryReadVarint(out ulong size) || size > (ulong)(All.Length - _at))
        {
            return false;
        }

        (at, length) = (offset + _at, (int)size);
        _at += length;
        return true;
    }

    public bool TryReadFixed32(out uint value)
    {
        bool read = BinaryPrimitives.TryReadUInt32LittleEndian(All[_at..], out value);
        _at += read ? 4 : 0;
        return read;
    }

    public bool TryReadFixed64(out ulong value)
    {
        bool read = BinaryPrimitives.TryReadUInt64LittleEndian(All[_at..], out value);
        _at += read ? 8 : 0;
        return read;
    }

    public bool TrySkip(ProtobufType type) => type switch
    {
        ProtobufType.Varint => TryReadVarint(out _),
        ProtobufType.Bytes => TryReadBytes(0, out _, out _),
        ProtobufType.Fixed32 => TryReadFixed32(out _),
        ProtobufType.Fixed64 => TryReadFixed64(out _),
        _ => false,
    };
}
