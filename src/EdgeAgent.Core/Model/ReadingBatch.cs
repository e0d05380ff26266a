using System.Text;

namespace EdgeAgent.Core.Model;

/// <summary>A growing, reusable list of readings with the arena for their text and bytes.</summary>
/// <remarks>One owner at a time: who takes a batch from a <see cref="ReadingBatchPool"/> fills it and hands it on, and the last
/// one returns it. Not safe for concurrent use. Growing allocates; a batch in the steady state does not.</remarks>
public sealed class ReadingBatch
{
    private Reading[] _readings;
    private byte[] _arena = [];
    private int _arenaLength;

    /// <param name="capacity">Readings it holds before it grows.</param>
    public ReadingBatch(int capacity = 256) => _readings = new Reading[capacity];

    public int Count { get; private set; }

    public ReadOnlySpan<Reading> Readings => _readings.AsSpan(0, Count);

    /// <summary>The readings for change in place, as the pipeline does.</summary>
    public Span<Reading> MutableReadings => _readings.AsSpan(0, Count);

    public void Add(in Reading reading)
    {
        if (Count == _readings.Length)
        {
            Array.Resize(ref _readings, Math.Max(16, _readings.Length * 2));
        }

        _readings[Count++] = reading;
    }

    /// <summary>Adds a text reading; the text is copied as UTF-8.</summary>
    public void AddText(int tagId, Quality quality, long sourceTicks, ReadOnlySpan<char> text)
    {
        int offset = Reserve(Encoding.UTF8.GetByteCount(text), out Span<byte> space);
        int length = Encoding.UTF8.GetBytes(text, space);
        Add(new Reading(tagId, quality, sourceTicks, ValueKind.Text, Locate(offset, length)));
    }

    /// <summary>Adds a reading of kind <see cref="ValueKind.Text"/> (valid UTF-8 is the caller's duty) or <see cref="ValueKind.Bytes"/>; the bytes are copied.</summary>
    public void AddBytes(int tagId, Quality quality, long sourceTicks, ValueKind kind, ReadOnlySpan<byte> bytes)
    {
        if (kind is not (ValueKind.Text or ValueKind.Bytes))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only text and bytes live in the arena.");
        }

        int offset = Reserve(bytes.Length, out Span<byte> space);
        bytes.CopyTo(space);
        Add(new Reading(tagId, quality, sourceTicks, kind, Locate(offset, bytes.Length)));
    }

    /// <summary>The text's UTF-8 or the bytes of a reading of this batch; empty for other kinds. Valid until the batch changes.</summary>
    public ReadOnlySpan<byte> BytesOf(in Reading reading) => reading.Kind is ValueKind.Text or ValueKind.Bytes
        ? _arena.AsSpan((int)(reading.Bits >> 32), (int)(uint)reading.Bits)
        : default;

    /// <summary>Appends a reading of another batch, bringing its text or bytes along.</summary>
    public void AddFrom(ReadingBatch source, in Reading reading)
    {
        if (reading.Kind is ValueKind.Text or ValueKind.Bytes)
        {
            AddBytes(reading.TagId, reading.Quality, reading.SourceTicks, reading.Kind, source.BytesOf(reading));
        }
        else
        {
            Add(reading);
        }
    }

    /// <summary>Appends <paramref name="count"/> readings for a decoder to fill in.</summary>
    internal Span<Reading> Extend(int count)
    {
        int first = Count;
        if (_readings.Length - first < count)
        {
            Array.Resize(ref _readings, Math.Max(first + count, _readings.Length * 2));
        }

        Count = first + count;
        return _readings.AsSpan(first, count);
    }

    /// <summary>Copies bytes into the arena and returns where they are, as the bits of a text or bytes reading.</summary>
    internal ulong Store(ReadOnlySpan<byte> bytes)
    {
        int offset = Reserve(bytes.Length, out Span<byte> space);
        bytes.CopyTo(space);
        return Locate(offset, bytes.Length);
    }

    /// <summary>Bytes of text and bytes held.</summary>
    internal int ArenaLength => _arenaLength;

    /// <summary>Shortens the list to its first <paramref name="count"/> readings; the arena keeps its content.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Count);
        Count = count;
    }

    public void Clear()
    {
        Count = 0;
        _arenaLength = 0;
    }

    private static ulong Locate(int offset, int length) => ((ulong)(uint)offset << 32) | (uint)length;

    private int Reserve(int length, out Span<byte> space)
    {
        if (_arena.Length - _arenaLength < length)
        {
            Array.Resize(ref _arena, Math.Max(_arenaLength + length, Math.Max(256, _arena.Length * 2)));
        }

        int offset = _arenaLength;
        space = _arena.AsSpan(offset, length);
        _arenaLength += length;
        return offset;
    }
}
