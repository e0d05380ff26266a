using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Cjt188;

/// <summary>The frame of CJ/T 188-2004 (section 5.2): 68, meter type, address, control code, length, data, sum, 16; FE may come before.</summary>
public static class Cjt188Frame
{
    public const byte Start = 0x68;
    public const byte End = 0x16;
    public const byte Preamble = 0xFE;
    public const int PreambleBytes = 3;

    /// <summary>5.2.5: at most 100 when reading.</summary>
    public const int DataBytesMax = 100;
    public const int OverheadBytes = 13;
    public const int BytesMax = PreambleBytes + OverheadBytes + DataBytesMax;
    private const int AddressAt = 2;
    private const int ControlAt = 9;
    private const int LengthAt = 10;
    private const int HeaderBytes = 11;

    /// <summary>Writes a frame behind its preamble; returns the length of both.</summary>
    /// <param name="address">Seven bytes as they travel.</param>
    public static int Write(Span<byte> destination, byte type, ReadOnlySpan<byte> address, byte control, ReadOnlySpan<byte> data)
    {
        destination[..PreambleBytes].Fill(Preamble);
        var frame = destination[PreambleBytes..];
        frame[0] = Start;
        frame[1] = type;
        address[..Cjt188Address.Bytes].CopyTo(frame[AddressAt..]);
        frame[ControlAt] = control;
        frame[LengthAt] = (byte)data.Length;
        data.CopyTo(frame[HeaderBytes..]);
        var sumAt = HeaderBytes + data.Length;
        frame[sumAt] = Sum(frame[..sumAt]);
        frame[sumAt + 1] = End;
        return PreambleBytes + sumAt + 2;
    }

    /// <summary>Finds the first whole frame.</summary>
    /// <param name="frame">Of a complete frame, or of one whose checksum alone is wrong.</param>
    /// <param name="consumed">Bytes at the front that are done with.</param>
    public static LineFrameStatus Find(ReadOnlySpan<byte> received, out Cjt188FrameView frame, out int consumed)
    {
        frame = default;
        var keepFrom = received.Length;
        var damagedEnd = 0;
        for (var at = 0; at < received.Length; at++)
        {
            if (received[at] != Start)
            {
                continue;
            }

            var rest = received[at..];
            var length = rest.Length <= LengthAt ? int.MaxValue : rest[LengthAt] > DataBytesMax ? 0 : OverheadBytes + rest[LengthAt];
            if (length == 0 || (length <= rest.Length && rest[length - 1] != End))
            {
                continue;
            }

            if (rest.Length < length)
            {
                // It may be a 68 in other bytes: look on, but keep it.
                keepFrom = Math.Min(keepFrom, at);
                continue;
            }

            var found = new Cjt188FrameView(rest[1], rest.Slice(AddressAt, Cjt188Address.Bytes), rest[ControlAt], rest.Slice(HeaderBytes, rest[LengthAt]));
            if (Sum(rest[..(length - 2)]) == rest[length - 2])
            {
                frame = found;
                consumed = at + length;
                return LineFrameStatus.Complete;
            }

            if (damagedEnd == 0)
            {
                frame = found;
                damagedEnd = at + length;
            }
        }

        consumed = damagedEnd > 0 ? damagedEnd : keepFrom;
        return damagedEnd > 0 ? LineFrameStatus.BadChecksum : LineFrameStatus.Incomplete;
    }

    private static byte Sum(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        foreach (var value in bytes)
        {
            sum += value;
        }

        return sum;
    }
}

/// <summary>The parts of a frame, where they were received.</summary>
public readonly ref struct Cjt188FrameView(byte type, ReadOnlySpan<byte> address, byte control, ReadOnlySpan<byte> data)
{
    public byte Type { get; } = type;

    /// <summary>As it travels.</summary>
    public ReadOnlySpan<byte> Address { get; } = address;

    public byte Control { get; } = control;

    public ReadOnlySpan<byte> Data { get; } = data;
}
