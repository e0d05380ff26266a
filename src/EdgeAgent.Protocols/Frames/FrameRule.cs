namespace EdgeAgent.Protocols.Frames;

/// <summary>How frames lie in a stream of bytes: with an end, of a fixed length, or with a length field; each with or without a start.</summary>
public sealed record FrameRule
{
    /// <summary>Bytes with which a frame begins; empty when any byte may.</summary>
    public ReadOnlyMemory<byte> Start { get; init; }

    /// <summary>Bytes with which a frame ends; empty for a fixed length or a length field.</summary>
    public ReadOnlyMemory<byte> End { get; init; }

    /// <summary>Length of the whole frame, or 0.</summary>
    public int FixedLength { get; init; }

    public LengthField? Length { get; init; }

    /// <summary>Stands behind the content and before the end.</summary>
    public Checksum Checksum { get; init; } = Checksum.None;

    /// <summary>A longer frame is none.</summary>
    public int SizeMax { get; init; } = 1024;

    /// <summary>Looks for a frame.</summary>
    /// <param name="buffer">What has arrived and is not consumed.</param>
    /// <param name="consumed">Bytes at the start of the buffer that are done with, whatever the result.</param>
    /// <param name="content">The frame with its start, without checksum and end, when the result is <see cref="FrameResult.Frame"/>.</param>
    public FrameResult TryRead(ReadOnlySpan<byte> buffer, out int consumed, out ReadOnlySpan<byte> content)
    {
        content = default;
        consumed = SkipToStart(buffer);
        ReadOnlySpan<byte> rest = buffer[consumed..];
        if (rest.Length < Math.Max(Start.Length, 1))
        {
            return FrameResult.NeedMore;
        }

        int length = LengthOf(rest);
        if (length < 0)
        {
            consumed++;
            return FrameResult.Broken;
        }

        if (length == 0 || length > rest.Length)
        {
            return FrameResult.NeedMore;
        }

        ReadOnlySpan<byte> inner = rest[..(length - End.Length)];
        if (Checksum.Kind != ChecksumKind.None && !Checksum.IsRight(inner))
        {
            // With an end the next frame begins behind it. Without one the start may have been none: look for another in what follows.
            consumed += End.Length > 0 ? length : 1;
            return FrameResult.Broken;
        }

        consumed += length;
        content = inner[..^Checksum.Size];
        return content.IsEmpty ? FrameResult.Skipped : FrameResult.Frame;
    }

    private int SkipToStart(ReadOnlySpan<byte> buffer)
    {
        if (Start.IsEmpty)
        {
            return 0;
        }

        int at = buffer.IndexOf(Start.Span);
        if (at >= 0)
        {
            return at;
        }

        // The last bytes may be the first ones of a start.
        for (int tail = Math.Min(Start.Length - 1, buffer.Length); tail > 0; tail--)
        {
            if (buffer[^tail..].SequenceEqual(Start.Span[..tail]))
            {
                return buffer.Length - tail;
            }
        }

        return buffer.Length;
    }

    /// <returns>The length of the frame at the start of the span; 0 when more must come to know it, below 0 when there is none.</returns>
    private int LengthOf(ReadOnlySpan<byte> rest)
    {
        if (FixedLength > 0)
        {
            return FixedLength;
        }

        if (Length is { } field)
        {
            if (rest.Length < field.Offset + field.Size)
            {
                return 0;
            }

            int number = field.Size == 1 ? rest[field.Offset]
                : field.LowByteFirst ? rest[field.Offset] | (rest[field.Offset + 1] << 8)
                : (rest[field.Offset] << 8) | rest[field.Offset + 1];
            int length = number + field.Add;
            return length < Math.Max(field.Offset + field.Size, Start.Length + Checksum.Size) || length > SizeMax ? -1 : length;
        }

        int end = rest[Start.Length..].IndexOf(End.Span);
        return end >= 0 ? Start.Length + end + End.Length : rest.Length > SizeMax ? -1 : 0;
    }
}

/// <summary>What a look for a frame found.</summary>
public enum FrameResult : byte
{
    NeedMore,
    Frame,

    /// <summary>Bytes that are no frame: a wrong checksum, an impossible length.</summary>
    Broken,

    /// <summary>A frame without content, such as an empty line.</summary>
    Skipped,
}
