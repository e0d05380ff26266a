namespace EdgeAgent.Protocols.Frames;

/// <summary>The checksum of a frame: which bytes it is over and how it is written.</summary>
/// <param name="From">Bytes at the start of the frame that it does not cover.</param>
/// <param name="LowByteFirst">Of a checksum of 16 bits.</param>
/// <param name="AsHex">Whether it is written as hexadecimal digits, two for each byte.</param>
public sealed record Checksum(ChecksumKind Kind, int From = 0, bool LowByteFirst = false, bool AsHex = false)
{
    public static Checksum None { get; } = new(ChecksumKind.None);

    /// <summary>Bytes that it takes in a frame.</summary>
    public int Size => (Kind switch { ChecksumKind.None => 0, ChecksumKind.Sum or ChecksumKind.Xor => 1, _ => 2 }) * (AsHex ? 2 : 1);

    /// <summary>Whether the checksum that stands at the end of <paramref name="protectedFrame"/> is right.</summary>
    public bool IsRight(ReadOnlySpan<byte> protectedFrame)
    {
        if (protectedFrame.Length < Size + From)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[4];
        Write(protectedFrame[..^Size], expected);
        ReadOnlySpan<byte> found = protectedFrame[^Size..];
        return AsHex ? System.Text.Ascii.EqualsIgnoreCase(found, expected[..Size]) : found.SequenceEqual(expected[..Size]);
    }

    /// <summary>Writes the checksum of a frame without one.</summary>
    public void Write(ReadOnlySpan<byte> frame, Span<byte> into)
    {
        ushort sum = Compute(Kind, frame[Math.Min(From, frame.Length)..]);
        Span<byte> raw = [(byte)(sum >> 8), (byte)sum];
        if (Kind is ChecksumKind.Sum or ChecksumKind.Xor)
        {
            raw = raw[1..];
        }
        else if (LowByteFirst)
        {
            raw.Reverse();
        }

        if (Kind == ChecksumKind.None)
        {
            return;
        }

        if (!AsHex)
        {
            raw.CopyTo(into);
            return;
        }

        for (int i = 0; i < raw.Length; i++)
        {
            into[2 * i] = "0123456789ABCDEF"u8[raw[i] >> 4];
            into[(2 * i) + 1] = "0123456789ABCDEF"u8[raw[i] & 15];
        }
    }

    public static ushort Compute(ChecksumKind kind, ReadOnlySpan<byte> bytes)
    {
        ushort sum = kind is ChecksumKind.Crc16Modbus or ChecksumKind.Crc16Ccitt ? (ushort)0xFFFF : (ushort)0;
        foreach (byte b in bytes)
        {
            sum = kind switch
            {
                ChecksumKind.Sum => (byte)(sum + b),
                ChecksumKind.Xor => (byte)(sum ^ b),
                ChecksumKind.Crc16Modbus => Reflected((ushort)(sum ^ b)),
                ChecksumKind.Crc16Ccitt => Forward((ushort)(sum ^ (b << 8))),
                _ => 0,
            };
        }

        return sum;
    }

    private static ushort Reflected(ushort crc)
    {
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1);
        }

        return crc;
    }

    private static ushort Forward(ushort crc)
    {
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (ushort)((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
        }

        return crc;
    }
}
