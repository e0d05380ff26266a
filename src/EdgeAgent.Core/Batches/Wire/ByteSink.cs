using System.Runtime.CompilerServices;

namespace EdgeAgent.Core.Batches.Wire;

/// <summary>A growing, reusable buffer that protobuf is written into. Allocates only to grow.</summary>
internal sealed class ByteSink(int capacity = 256)
{
    /// <summary>A varint takes at most this many bytes.</summary>
    public const int VarintBytesMax = 10;

    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory(int start, int length) => _bytes.AsMemory(start, length);

    public Span<byte> At(int start, int length) => _bytes.AsSpan(start, length);

    public void Clear() => Length = 0;

    public void Truncate(int length) => Length = length;

    /// <summary>Room for at least <paramref name="count"/> bytes behind what is written; <see cref="Advance"/> takes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }

        return _bytes.AsSpan(Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int count) => Length += count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteByte(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteVarint(ulong value)
    {
        Span<byte> space = Reserve(VarintBytesMax);
        int count = 0;
        while (value >= 0x80)
        {
            space[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        space[count++] = (byte)value;
        Length += count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteZigZag(long value) => WriteVarint(ZigZag.Encode(value));

    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    public void WriteTag(int field, WireType type) => WriteVarint(((ulong)(uint)field << 3) | (byte)type);

    /// <summary>A varint field; zero is the default and not written.</summary>
    public void WriteVarintField(int field, ulong value)
    {
        if (value != 0)
        {
            WriteTag(field, WireType.Varint);
            WriteVarint(value);
        }
    }

    /// <summary>A bytes, string, message or packed field; empty is the default and not written.</summary>
    public void WriteBytesField(int field, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 0)
        {
            WriteTag(field, WireType.Bytes);
            WriteVarint((ulong)bytes.Length);
            WriteRaw(bytes);
        }
    }

    public void WriteTextField(int field, string text)
    {
        if (text.Length != 0)
        {
            WriteTag(field, WireType.Bytes);
            WriteVarint((ulong)System.Text.Encoding.UTF8.GetByteCount(text));
            Span<byte> space = Reserve(System.Text.Encoding.UTF8.GetMaxByteCount(text.Length));
            Length += System.Text.Encoding.UTF8.GetBytes(text, space);
        }
    }

    private void Grow(int count) => Array.Resize(ref _bytes, Math.Max(Length + count, _bytes.Length * 2));
}
