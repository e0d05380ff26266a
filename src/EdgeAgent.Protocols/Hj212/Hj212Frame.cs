using System.Buffers.Text;

namespace EdgeAgent.Protocols.Hj212;

/// <summary>What a look for a packet found.</summary>
public enum Hj212FrameResult : byte
{
    NeedMore,
    Packet,

    /// <summary>Bytes that are no packet: an impossible length, a wrong check.</summary>
    Broken,
}

/// <summary>Packets on the line (§6.3): <c>##</c>, four digits of length, the data segment, four hexadecimal digits of check, CR LF.</summary>
public static class Hj212Frame
{
    /// <summary>The standard allows 1,024 bytes of data; loggers send more, and four digits can say so much.</summary>
    public const int SegmentMax = 9999;

    /// <summary>The longest packet on the line.</summary>
    public const int SizeMax = HeadSize + SegmentMax + TailSize;

    private const int HeadSize = 6;
    private const int TailSize = 6;

    /// <summary>Looks for a packet.</summary>
    /// <param name="consumed">Bytes at the start of the buffer that are done with, whatever the result.</param>
    /// <param name="segment">The data segment of a packet.</param>
    public static Hj212FrameResult TryRead(ReadOnlySpan<byte> buffer, out int consumed, out ReadOnlySpan<byte> segment)
    {
        segment = default;
        int start = buffer.IndexOf("##"u8);
        if (start < 0)
        {
            consumed = buffer.Length > 0 && buffer[^1] == (byte)'#' ? buffer.Length - 1 : buffer.Length;
            return Hj212FrameResult.NeedMore;
        }

        consumed = start;
        ReadOnlySpan<byte> rest = buffer[start..];
        if (rest.Length < HeadSize)
        {
            return Hj212FrameResult.NeedMore;
        }

        if (rest[2..HeadSize].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0 || !Utf8Parser.TryParse(rest[2..HeadSize], out int length, out _))
        {
            consumed++;
            return Hj212FrameResult.Broken;
        }

        if (rest.Length < HeadSize + length + TailSize)
        {
            return Hj212FrameResult.NeedMore;
        }

        ReadOnlySpan<byte> found = rest.Slice(HeadSize, length);
        ReadOnlySpan<byte> tail = rest.Slice(HeadSize + length, TailSize);
        if (!tail[4..].SequenceEqual("\r\n"u8)
            || !Utf8Parser.TryParse(tail[..4], out ushort check, out int digits, 'X') || digits != 4 || check != Hj212Crc.Compute(found))
        {
            // The length may be what is wrong: look for the next start inside.
            consumed += 2;
            return Hj212FrameResult.Broken;
        }

        consumed += HeadSize + length + TailSize;
        segment = found;
        return Hj212FrameResult.Packet;
    }

    /// <summary>Wraps a data segment.</summary>
    public static byte[] Write(ReadOnlySpan<byte> segment)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segment.Length, SegmentMax);
        byte[] packet = new byte[HeadSize + segment.Length + TailSize];
        "##"u8.CopyTo(packet);
        Utf8Formatter.TryFormat(segment.Length, packet.AsSpan(2), out _, new System.Buffers.StandardFormat('D', 4));
        segment.CopyTo(packet.AsSpan(HeadSize));
        Utf8Formatter.TryFormat(Hj212Crc.Compute(segment), packet.AsSpan(HeadSize + segment.Length), out _, new System.Buffers.StandardFormat('X', 4));
        "\r\n"u8.CopyTo(packet.AsSpan(packet.Length - 2));
        return packet;
    }
}
