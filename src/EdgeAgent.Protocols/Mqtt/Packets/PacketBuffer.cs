using System.Buffers.Binary;
using System.Text;

namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>
/// A growing byte buffer that packets are written to, one after the other, so that many of them go out with one send.
/// It keeps its array between uses; one owner at a time.
/// </summary>
internal sealed class PacketBuffer(int capacityBytes = 1024)
{
    // The widest variable byte integer; blocks of unknown size reserve it and close up afterwards.
    private const int LengthFieldMax = 4;

    private byte[] _bytes = new byte[capacityBytes];

    public int Length { get; private set; }

    public int Capacity => _bytes.Length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Gives the array back to the garbage collector when one huge packet has blown it up.</summary>
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
            Grow(count);
        }
        Span<byte> span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }

    /// <summary>Overwrites two bytes that were written before.</summary>
    public void Patch(int at, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(at, 2), value);

    /// <summary>Sets bits of a byte that was written before.</summary>
    public void SetBits(int at, byte bits) => _bytes[at] |= bits;

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void Binary(ReadOnlySpan<byte> bytes)
    {
        UInt16(checked((ushort)bytes.Length));
        Raw(bytes);
    }

    public void Text(string text)
    {
        int size = Encoding.UTF8.GetByteCount(text);
        UInt16(checked((ushort)size));
        Encoding.UTF8.GetBytes(text, Reserve(size));
    }

    public void VariableInteger(int value) => WriteVariableInteger(Reserve(SizeOfVariableInteger(value)), value);

    public static int SizeOfVariableInteger(int value) => value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4;

    public static int WriteVariableInteger(Span<byte> target, int value)
    {
        int at = 0;
        while (value > 127)
        {
            target[at++] = (byte)(value | 0x80);
            value >>= 7;
        }
        target[at++] = (byte)value;
        return at;
    }

    /// <summary>Starts a packet or property block whose length is not known yet; <see cref="EndBlock"/> fills it in.</summary>
    public int BeginBlock()
    {
        Reserve(LengthFieldMax);
        return Length;
    }

    public void EndBlock(int start)
    {
        int size = Length - start;
        int at = start - LengthFieldMax;
        at += WriteVariableInteger(_bytes.AsSpan(at), size);
        _bytes.AsSpan(start, size).CopyTo(_bytes.AsSpan(at));
        Length = at + size;
    }

    private void Grow(int count)
    {
        if (_bytes.Length - Length >= count)
        {
            return;
        }
        long size = Math.Max((long)_bytes.Length * 2, (long)Length + count);
        Array.Resize(ref _bytes, checked((int)Math.Min(size, Array.MaxLength)));
    }
}
