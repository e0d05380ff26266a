using System.Buffers;

namespace EdgeAgent.Protocols.Modbus.Framing;

/// <summary>ASCII framing: colon, hexadecimal unit id, PDU and LRC, carriage return, line feed.</summary>
public static class AsciiFrame
{
    private const byte Colon = (byte)':';
    private const byte LineFeed = (byte)'\n';

    /// <summary>Two's complement of the sum of all bytes.</summary>
    public static byte Lrc(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        foreach (var value in bytes)
        {
            sum += value;
        }

        return (byte)-sum;
    }

    /// <summary>Writes unit id and PDU as one frame; returns its length.</summary>
    public static int Write(Span<byte> destination, byte unitId, ReadOnlySpan<byte> pdu)
    {
        destination[0] = Colon;
        var length = 1 + Hex(destination[1..], unitId);
        foreach (var value in pdu)
        {
            length += Hex(destination[length..], value);
        }

        length += Hex(destination[length..], (byte)(Lrc(pdu) - unitId));
        destination[length] = (byte)'\r';
        destination[length + 1] = LineFeed;
        return length + 2;
    }

    /// <summary>Finds the first frame in <paramref name="received"/>. Bytes before its colon are skipped; a colon inside a frame begins anew.</summary>
    /// <param name="consumed">How many bytes at the front are done with, whatever the result.</param>
    /// <param name="adu">Where unit id and PDU are decoded to; at least 255 bytes.</param>
    /// <param name="aduBytes">How many bytes of <paramref name="adu"/> are filled when complete or of a wrong checksum.</param>
    public static FrameStatus Read(ReadOnlySpan<byte> received, Span<byte> adu, out int consumed, out int aduBytes)
    {
        aduBytes = 0;
        var start = received.IndexOf(Colon);
        if (start < 0)
        {
            consumed = received.Length;
            return FrameStatus.Incomplete;
        }

        // A lost line end must not glue two frames together: the last colon before the line feed counts.
        var end = received[start..].IndexOf(LineFeed);
        var body = end < 0 ? received[start..] : received.Slice(start, end);
        start += body.LastIndexOf(Colon);
        if (end < 0)
        {
            var tooLong = received.Length - start > ModbusLimits.AsciiFrameBytesMax;
            consumed = tooLong ? received.Length : start;
            return tooLong ? FrameStatus.Invalid : FrameStatus.Incomplete;
        }

        body = body[(body.LastIndexOf(Colon) + 1)..].TrimEnd((byte)'\r');
        consumed = received.IndexOf(LineFeed, start) + 1;
        if (body.Length is < 6 or > ModbusLimits.AsciiFrameBytesMax - 3
            || Convert.FromHexString(body, adu, out _, out var decoded) != OperationStatus.Done)
        {
            return FrameStatus.Invalid;
        }

        aduBytes = decoded - 1;
        return Lrc(adu[..aduBytes]) == adu[aduBytes] ? FrameStatus.Complete : FrameStatus.BadChecksum;
    }

    private static int Hex(Span<byte> destination, byte value)
    {
        destination[0] = Digit(value >> 4);
        destination[1] = Digit(value & 15);
        return 2;
    }

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);

    private static int IndexOf(this ReadOnlySpan<byte> bytes, byte value, int from) => from + bytes[from..].IndexOf(value);
}
