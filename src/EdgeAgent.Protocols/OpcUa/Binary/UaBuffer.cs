using System.Buffers.Binary;
using System.Text;

namespace EdgeAgent.Protocols.OpcUa.Binary;

/// <summary>A growing byte buffer that OPC UA binary is written to. It keeps its array between uses; one owner at a time.</summary>
internal sealed partial class UaBuffer(int capacityBytes = 1024)
{
    private byte[] _bytes = new byte[capacityBytes];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, Length);

    /// <summary>What was written so far, to be changed in place.</summary>
    public Span<byte> Span => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Forgets what was written behind a position.</summary>
    public void Truncate(int length) => Length = Math.Min(length, Length);

    /// <summary>Gives the array back to the garbage collector when one huge message has blown it up.</summary>
    public void Trim(int capacityBytesMax)
    {
        if (Length == 0 && _bytes.Length > capacityBytesMax)
        {
            _bytes = new byte[capacityBytesMax];
        }
    }

    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            long size = Math.Max((long)_bytes.Length * 2, (long)Length + count);
            Array.Resize(ref _bytes, checked((int)Math.Min(size, Array.MaxLength)));
        }
        Span<byte> span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }

    public void WriteByte(byte value) => Reserve(1)[0] = value;

    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Reserve(2), value);

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Reserve(4), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Reserve(8), value);

    public void WriteDateTime(DateTime value) => WriteInt64(UaTime.ToWire(value.Ticks));

    public void WriteStatusCode(StatusCode value) => WriteUInt32(value.Value);

    public void WriteGuid(Guid value) => value.TryWriteBytes(Reserve(16));

    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteInt32(-1);
            return;
        }
        int size = Encoding.UTF8.GetByteCount(value);
        WriteInt32(size);
        Encoding.UTF8.GetBytes(value, Reserve(size));
    }

    public void WriteByteString(ReadOnlySpan<byte> value)
    {
        WriteInt32(value.Length);
        WriteRaw(value);
    }

    public void WriteByteString(byte[]? value)
    {
        if (value is null)
        {
            WriteInt32(-1);
            return;
        }
        WriteByteString(value.AsSpan());
    }

    public void PatchUInt32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at, 4), value);
}
