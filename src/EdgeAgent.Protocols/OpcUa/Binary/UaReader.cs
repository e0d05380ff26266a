using System.Buffers.Binary;
using System.Text;

namespace EdgeAgent.Protocols.OpcUa.Binary;

/// <summary>
/// Reads OPC UA binary (OPC 10000-6 §5.2). The first fault sticks and every later read gives an empty value, so that a
/// decoder reads straight through and looks at <see cref="Fault"/> once. What is allocated is bounded by the bytes that are
/// there, never by what a length claims.
/// </summary>
internal ref partial struct UaReader(ReadOnlySpan<byte> bytes, UaDecodeLimits limits)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly UaDecodeLimits _limits = limits;
    private int _position;
    private int _depth;

    public UaFault Fault { get; private set; }

    public readonly int Position => _position;

    public readonly int Remaining => _bytes.Length - _position;

    public readonly bool IsGood => Fault == UaFault.None;

    public void Fail(UaFault fault)
    {
        if (Fault == UaFault.None)
        {
            Fault = fault;
        }
        _position = _bytes.Length;
    }

    /// <summary>The fault so far, or <see cref="UaFault.TrailingBytes"/> when the bytes are not used up.</summary>
    public readonly UaFault End() => Fault != UaFault.None ? Fault : Remaining > 0 ? UaFault.TrailingBytes : UaFault.None;

    public byte ReadByte()
    {
        if (_position >= _bytes.Length)
        {
            Fail(UaFault.Truncated);
            return 0;
        }
        return _bytes[_position++];
    }

    public bool ReadBoolean() => ReadByte() != 0;

    public ushort ReadUInt16() => TryTake(2, out ReadOnlySpan<byte> raw) ? BinaryPrimitives.ReadUInt16LittleEndian(raw) : default;

    public int ReadInt32() => TryTake(4, out ReadOnlySpan<byte> raw) ? BinaryPrimitives.ReadInt32LittleEndian(raw) : default;

    public uint ReadUInt32() => (uint)ReadInt32();

    public long ReadInt64() => TryTake(8, out ReadOnlySpan<byte> raw) ? BinaryPrimitives.ReadInt64LittleEndian(raw) : default;

    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadInt64());

    public DateTime ReadDateTime() => UaTime.FromWire(ReadInt64());

    public StatusCode ReadStatusCode() => new(ReadUInt32());

    public Guid ReadGuid() => TryTake(16, out ReadOnlySpan<byte> raw) ? new Guid(raw) : default;

    /// <summary>A text; bytes that are no UTF-8 become U+FFFD: one badly written name must not cost the whole response.</summary>
    public string? ReadString()
    {
        if (!TryTakeCounted(_limits.StringBytesMax, UaFault.StringTooLong, out ReadOnlySpan<byte> raw))
        {
            return null;
        }
        return raw.IsEmpty ? "" : Encoding.UTF8.GetString(raw);
    }

    public byte[]? ReadByteString() => TryReadByteString(out ReadOnlySpan<byte> raw) ? raw.ToArray() : null;

    /// <summary>A byte string where it lies, without a copy; false when it is null or faulty.</summary>
    public bool TryReadByteString(out ReadOnlySpan<byte> raw) => TryTakeCounted(_limits.ByteStringBytesMax, UaFault.ByteStringTooLong, out raw);

    /// <summary>Passes over a text without making one.</summary>
    public void SkipString() => TryTakeCounted(_limits.StringBytesMax, UaFault.StringTooLong, out _);

    /// <summary>
    /// The length of an array of elements that take at least so many bytes each; -1 for a null array and after a fault.
    /// A length for which the bytes cannot be there is refused before anything is allocated.
    /// </summary>
    public int ReadArrayLength(int elementBytesMin)
    {
        int length = ReadInt32();
        if (Fault != UaFault.None || length == -1)
        {
            return -1;
        }
        if (length < 0)
        {
            Fail(UaFault.LengthInvalid);
        }
        else if (length > _limits.ArrayLengthMax)
        {
            Fail(UaFault.ArrayTooLong);
        }
        else if ((long)length * elementBytesMin > Remaining)
        {
            Fail(UaFault.Truncated);
        }
        return Fault == UaFault.None ? length : -1;
    }

    /// <summary>So many bytes where they lie; empty when they are not there.</summary>
    public ReadOnlySpan<byte> ReadRaw(int count) => TryTake(count, out ReadOnlySpan<byte> raw) ? raw : default;

    /// <summary>What was read since a position, where it lies.</summary>
    public readonly ReadOnlySpan<byte> Since(int start) => _bytes[start.._position];

    private bool TryTakeCounted(int sizeMax, UaFault tooLong, out ReadOnlySpan<byte> raw)
    {
        raw = default;
        int size = ReadInt32();
        if (Fault != UaFault.None || size == -1)
        {
            return false;
        }
        if (size < 0)
        {
            Fail(UaFault.LengthInvalid);
            return false;
        }
        if (size > sizeMax)
        {
            Fail(tooLong);
            return false;
        }
        return TryTake(size, out raw);
    }

    private bool TryTake(int count, out ReadOnlySpan<byte> raw)
    {
        if (count > Remaining)
        {
            Fail(UaFault.Truncated);
            raw = default;
            return false;
        }
        raw = _bytes.Slice(_position, count);
        _position += count;
        return true;
    }

    private bool TryEnter()
    {
        if (_depth >= _limits.NestingMax)
        {
            Fail(UaFault.NestingTooDeep);
            return false;
        }
        _depth++;
        return true;
    }

    private void Leave() => _depth--;
}
