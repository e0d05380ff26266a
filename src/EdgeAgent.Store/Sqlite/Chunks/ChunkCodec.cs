using System.Buffers;
using System.IO.Compression;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite.Chunks;

/// <summary>Writes the readings of one series in one hour as compressed columns, and reads them back. See README.md for the layout.</summary>
internal sealed class ChunkCodec
{
    public const int Version = 1;

    /// <summary>Readings of one chunk: an hour at one every millisecond.</summary>
    public const int ReadingsMax = 3_600_000;

    private const int ContentBytesMax = 256 << 20;

    /// <summary>Below this a general compressor costs more time (its tables) than it saves space.</summary>
    private const int CompressFromBytes = 1024;

    private readonly ByteWriter _content = new();
    private readonly ByteWriter _chunk = new();
    private ulong[] _column = [];

    /// <param name="order">Indexes into <paramref name="readings"/>, by ascending source time without repeats.</param>
    /// <returns>The chunk; valid until the next call.</returns>
    public ReadOnlySpan<byte> Encode(ReadingBatch readings, ReadOnlySpan<int> order)
    {
        ReadOnlySpan<Reading> all = readings.Readings;
        _content.Clear();
        Span<ulong> column = Column(order.Length);
        long previous = 0, previousDelta = 0;
        for (int i = 0; i < order.Length; i++)
        {
            long delta = all[order[i]].SourceTicks - previous;
            column[i] = ByteWriter.ZigZag(delta - previousDelta);
            previous = all[order[i]].SourceTicks;
            previousDelta = delta;
        }

        RunColumn.Write(_content, column);
        for (int i = 0; i < order.Length; i++)
        {
            column[i] = all[order[i]].Quality.Code;
        }

        RunColumn.Write(_content, column);
        for (int i = 0; i < order.Length; i++)
        {
            column[i] = (ulong)all[order[i]].Kind;
        }

        RunColumn.Write(_content, column);
        var deltas = default(ValueDeltas);
        for (int i = 0; i < order.Length; i++)
        {
            column[i] = deltas.Encode(all[order[i]]);
        }

        RunColumn.Write(_content, column);
        foreach (int index in order)
        {
            if (all[index].Kind is ValueKind.Text or ValueKind.Bytes)
            {
                ReadOnlySpan<byte> bytes = readings.BytesOf(all[index]);
                _content.Varint((ulong)bytes.Length);
                _content.Bytes(bytes);
            }
        }

        return Seal(order.Length);
    }

    /// <summary>Appends the chunk's readings, ascending, with <paramref name="seriesId"/> as their tag id.</summary>
    /// <exception cref="StoreDamagedException">The bytes are not a chunk.</exception>
    public void Decode(ReadOnlySpan<byte> chunk, int seriesId, ReadingBatch into)
    {
        var reader = new ByteReader(chunk);
        if (reader.Varint() != Version)
        {
            throw ByteReader.Damaged();
        }

        int count = reader.Count(ReadingsMax);
        int contentBytes = reader.Count(ContentBytesMax);
        if (contentBytes == 0)
        {
            Decode(ref reader, count, seriesId, into);
            return;
        }

        byte[] content = ArrayPool<byte>.Shared.Rent(contentBytes);
        try
        {
            if (!BrotliDecoder.TryDecompress(reader.Rest, content.AsSpan(0, contentBytes), out int written) || written != contentBytes)
            {
                throw ByteReader.Damaged();
            }

            var inner = new ByteReader(content.AsSpan(0, contentBytes));
            Decode(ref inner, count, seriesId, into);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content);
        }
    }

    private void Decode(ref ByteReader reader, int count, int seriesId, ReadingBatch into)
    {
        Span<ulong> columns = Column(count * 4);
        Span<ulong> ticks = columns[..count], qualities = columns.Slice(count, count);
        Span<ulong> kinds = columns.Slice(count * 2, count), values = columns.Slice(count * 3, count);
        RunColumn.Read(ref reader, ticks);
        RunColumn.Read(ref reader, qualities);
        RunColumn.Read(ref reader, kinds);
        RunColumn.Read(ref reader, values);
        var deltas = default(ValueDeltas);
        long at = 0, delta = 0;
        for (int i = 0; i < count; i++)
        {
            delta += ByteReader.UnZigZag(ticks[i]);
            at += delta;
            var kind = (ValueKind)kinds[i];
            var quality = new Quality((uint)qualities[i]);
            if (kind is ValueKind.Text or ValueKind.Bytes)
            {
                into.AddBytes(seriesId, quality, at, kind, reader.Bytes(reader.Count(ContentBytesMax)));
            }
            else
            {
                into.Add(new Reading(seriesId, quality, at, kind, deltas.Decode(kind, values[i])));
            }
        }
    }

    private ReadOnlySpan<byte> Seal(int count)
    {
        ReadOnlySpan<byte> content = _content.Written;
        _chunk.Clear();
        _chunk.Varint(Version);
        _chunk.Varint((ulong)count);
        if (content.Length >= CompressFromBytes)
        {
            byte[] packed = ArrayPool<byte>.Shared.Rent(content.Length);
            // A tenth must be saved to be worth the time of every later read.
            bool smaller = BrotliEncoder.TryCompress(content, packed.AsSpan(0, content.Length - (content.Length / 10)), out int written, quality: 1, window: 18);
            if (smaller)
            {
                _chunk.Varint((ulong)content.Length);
                _chunk.Bytes(packed.AsSpan(0, written));
            }

            ArrayPool<byte>.Shared.Return(packed);
            if (smaller)
            {
                return _chunk.Written;
            }
        }

        _chunk.Varint(0);
        _chunk.Bytes(content);
        return _chunk.Written;
    }

    private Span<ulong> Column(int length)
    {
        if (_column.Length < length)
        {
            _column = new ulong[Math.Max(length, 4096)];
        }

        return _column.AsSpan(0, length);
    }
}
