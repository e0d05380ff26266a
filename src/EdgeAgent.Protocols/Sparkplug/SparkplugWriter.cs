using System.Buffers.Binary;

namespace EdgeAgent.Protocols.Sparkplug;

/// <summary>Writes Sparkplug B payloads (§6.4) into a buffer that is used again, so that a data message allocates nothing once warm.</summary>
/// <remarks>One message at a time: <see cref="Begin"/>, metrics, <see cref="End"/>. Fields are written in ascending order of their
/// numbers, so members of a metric must be called in the order in which they stand here.</remarks>
public sealed class SparkplugWriter
{
    /// <summary>Room that a metric without texts always has: the longest one takes 62 bytes.</summary>
    private const int MetricRoom = 96;

    private byte[] _bytes = new byte[4096];
    private int _length;
    private int _metricAt;

    /// <summary>The message so far; valid until the next <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public int Length => _length;

    /// <summary>Metrics of the message so far.</summary>
    public int Metrics { get; private set; }

    /// <param name="timestampMs">When the message is sent, in milliseconds since 1970 in UTC.</param>
    public void Begin(ulong timestampMs)
    {
        (_length, Metrics) = (0, 0);
        Reserve(MetricRoom);
        Byte(0x08);
        Varint(timestampMs);
    }

    /// <param name="sequence">0 to 255; -1 for a message that must have none.</param>
    public void End(int sequence)
    {
        if (sequence >= 0)
        {
            Reserve(MetricRoom);
            Byte(0x18);
            Varint((ulong)sequence);
        }
    }

    public void BeginMetric()
    {
        Reserve(MetricRoom);
        Byte(0x12);
        _metricAt = _length;
        // Lengths below 128 take one byte, which is nearly every metric of a data message; EndMetric makes room for more.
        Byte(0);
    }

    public void Name(ReadOnlySpan<byte> utf8) => Delimited(0x0A, utf8);

    public void Alias(ulong alias)
    {
        Byte(0x10);
        Varint(alias);
    }

    public void Timestamp(ulong timestampMs)
    {
        Byte(0x18);
        Varint(timestampMs);
    }

    public void Type(SparkplugDataType type)
    {
        Byte(0x20);
        Byte((byte)type);
    }

    /// <summary>The value is of the past: whoever reads it stores it and does not show it as what is now.</summary>
    public void Historical()
    {
        Byte(0x28);
        Byte(1);
    }

    /// <summary>There is no value.</summary>
    public void Null()
    {
        Byte(0x38);
        Byte(1);
    }

    /// <param name="set">From <see cref="SparkplugPropertySet.Encode"/>.</param>
    public void Properties(ReadOnlySpan<byte> set) => Delimited(0x4A, set);

    /// <summary>Signed integers of 8, 16 and 32 bits are written as the bits of a uint32.</summary>
    public void Int(uint bits)
    {
        Byte(0x50);
        Varint(bits);
    }

    /// <summary>Signed integers of 64 bits are written as the bits of a uint64.</summary>
    public void Long(ulong bits)
    {
        Byte(0x58);
        Varint(bits);
    }

    public void Float(uint bits)
    {
        Byte(0x65);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(_length), bits);
        _length += 4;
    }

    public void Double(ulong bits)
    {
        Byte(0x69);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_length), bits);
        _length += 8;
    }

    public void Boolean(bool value)
    {
        Byte(0x70);
        Byte(value ? (byte)1 : (byte)0);
    }

    public void Text(ReadOnlySpan<byte> utf8) => Delimited(0x7A, utf8);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Byte(0x82);
        Delimited(0x01, value);
    }

    public void EndMetric()
    {
        int size = _length - _metricAt - 1;
        Metrics++;
        if (size < 0x80)
        {
            _bytes[_metricAt] = (byte)size;
            return;
        }

        int more = 0;
        for (uint rest = (uint)size >> 7; rest > 0; rest >>= 7)
        {
            more++;
        }

        Reserve(more);
        _bytes.AsSpan(_metricAt + 1, size).CopyTo(_bytes.AsSpan(_metricAt + 1 + more));
        int end = _length + more;
        _length = _metricAt;
        Varint((ulong)size);
        _length = end;
    }

    private void Delimited(byte tag, ReadOnlySpan<byte> content)
    {
        Reserve(content.Length + MetricRoom);
        Byte(tag);
        Varint((ulong)content.Length);
        content.CopyTo(_bytes.AsSpan(_length));
        _length += content.Length;
    }

    private void Byte(byte value) => _bytes[_length++] = value;

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[_length++] = (byte)value;
    }

    private void Reserve(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
        }
    }
}
