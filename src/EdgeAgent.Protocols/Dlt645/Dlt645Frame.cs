using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Dlt645;

/// <summary>The frame of DL/T 645 (section 5.2): 68, address, 68, control code, length, data each plus 33H, sum, 16; FE may come before.</summary>
public static class Dlt645Frame
{
    public const byte Start = 0x68;
    public const byte End = 0x16;

    /// <summary>Wakes the receiver's clock (5.1.4): up to four may come before a frame, and four are sent.</summary>
    public const byte Preamble = 0xFE;
    public const int PreambleBytes = 4;

    /// <summary>5.2.5: at most 200 when reading.</summary>
    public const int DataBytesMax = 200;
    public const int OverheadBytes = 12;
    public const int BytesMax = PreambleBytes + OverheadBytes + DataBytesMax;
    private const byte Shift = 0x33;
    private const int SecondStart = 7;
    private const int LengthAt = 9;
    private const int HeaderBytes = 10;

    /// <summary>Writes a frame behind its preamble; returns the length of both.</summary>
    public static int Write(Span<byte> destination, MeterAddress address, byte control, ReadOnlySpan<byte> data)
    {
        destination[..PreambleBytes].Fill(Preamble);
        var frame = destination[PreambleBytes..];
        frame[0] = Start;
        address.Write(frame[1..]);
        frame[SecondStart] = Start;
        frame[SecondStart + 1] = control;
        frame[LengthAt] = (byte)data.Length;
        for (var i = 0; i < data.Length; i++)
        {
            frame[HeaderBytes + i] = (byte)(data[i] + Shift);
        }

        var sumAt = HeaderBytes + data.Length;
        frame[sumAt] = Sum(frame[..sumAt]);
        frame[sumAt + 1] = End;
        return PreambleBytes + sumAt + 2;
    }

    /// <summary>Finds the first whole frame.</summary>
    /// <param name="data">Where the data is written to, 33H taken off; <see cref="DataBytesMax"/> bytes.</param>
    /// <param name="frame">Of a complete frame, or of one whose checksum alone is wrong.</param>
    /// <param name="consumed">Bytes at the front that are done with.</param>
    public static LineFrameStatus Find(ReadOnlySpan<byte> received, Span<byte> data, out Dlt645Header frame, out int consumed)
    {
        frame = default;
        var keepFrom = received.Length;
        var damagedEnd = 0;
        for (var at = received.IndexOf(Start); at >= 0; at = Next(received, at))
        {
            var rest = received[at..];
            var length = Measure(rest);
            if (length == 0)
            {
                continue;
            }

            if (rest.Length < length)
            {
                // It may be a 68 in other bytes: look on, but keep it.
                keepFrom = Math.Min(keepFrom, at);
                continue;
            }

            if (rest[length - 1] != End)
            {
                continue;
            }

            if (Sum(rest[..(length - 2)]) == rest[length - 2])
            {
                frame = ReadHeader(rest);
                for (var i = 0; i < frame.DataBytes; i++)
                {
                    data[i] = (byte)(rest[HeaderBytes + i] - Shift);
                }

                consumed = at + length;
                return LineFrameStatus.Complete;
            }

            if (damagedEnd == 0)
            {
                frame = ReadHeader(rest);
                damagedEnd = at + length;
            }
        }

        consumed = damagedEnd > 0 ? damagedEnd : keepFrom;
        return damagedEnd > 0 ? LineFrameStatus.BadChecksum : LineFrameStatus.Incomplete;
    }

    private static int Next(ReadOnlySpan<byte> received, int at)
    {
        var next = received[(at + 1)..].IndexOf(Start);
        return next < 0 ? -1 : at + 1 + next;
    }

    /// <summary>The whole length of the frame that may begin here; 0 when none does. Too few bytes to tell count as one that is longer than they are.</summary>
    private static int Measure(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SecondStart && bytes[SecondStart] != Start)
        {
            return 0;
        }

        if (bytes.Length <= LengthAt)
        {
            return OverheadBytes;
        }

        return bytes[LengthAt] > DataBytesMax ? 0 : OverheadBytes + bytes[LengthAt];
    }

    private static Dlt645Header ReadHeader(ReadOnlySpan<byte> frame) =>
        new(MeterAddress.Read(frame[1..]), frame[SecondStart + 1], frame[LengthAt]);

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

/// <summary>What a frame says besides its data.</summary>
public readonly record struct Dlt645Header(MeterAddress Address, byte Control, int DataBytes);
