using EdgeAgent.Core.Model;
using EdgeAgent.Store.Sqlite.Chunks;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Regroups batches as received into parts of series and hours: the step from what was written fast to what is read fast.</summary>
/// <remarks>Pure reading and encoding; the store writes the result in one transaction together with how far it reached.</remarks>
internal sealed class TailFolder
{
    /// <summary>Readings taken in one go: 32 MB of them, and a second of work.</summary>
    private const int ReadingsPerFoldMax = 1_000_000;

    /// <summary>Parts of one size class that are merged into one of the next. Eight keeps both the parts of an hour and the times a reading is rewritten below about ten.</summary>
    private const int PartsPerTier = 8;

    private readonly ReadingBatch _readings = new(1024);
    private readonly ReadingBatch _merged = new(1024);
    private int[] _starts = [];
    private int[] _order = [];

    /// <summary>Folds batches with row ids above <paramref name="after"/>; returns the row id reached, and the parts to write.</summary>
    public (long UpTo, List<FoldedHour> Hours) Fold(ReaderPool.Reader reader, long after, long upTo)
    {
        long end = EndOfFold(reader.Database, after, upTo);
        Gather(reader, after, end);
        SortBySeries();
        var hours = new List<FoldedHour>();
        ReadOnlySpan<Reading> all = _readings.Readings;
        for (int from = 0; from < all.Length;)
        {
            int seriesId = all[_order[from]].TagId;
            int to = from;
            while (to < all.Length && all[_order[to]].TagId == seriesId)
            {
                to++;
            }

            FoldSeries(reader, seriesId, from, to, hours);
            from = to;
        }

        _readings.Clear();
        return (end, hours);
    }

    private static long EndOfFold(SqliteDatabase database, long after, long upTo)
    {
        Statement rows = database.Sql("SELECT id, readings FROM batches WHERE id > ? AND id <= ? ORDER BY id").Bind(1, after).Bind(2, upTo);
        long end = after, readings = 0;
        while (rows.Step())
        {
            readings += rows.Int64(1);
            if (readings > ReadingsPerFoldMax && end > after)
            {
                rows.Reset();
                break;
            }

            end = rows.Int64(0);
        }

        return end;
    }

    private void Gather(ReaderPool.Reader reader, long after, long end)
    {
        _readings.Clear();
        reader.Tail.Visit(reader.Database, reader.Catalogue, after, end, long.MinValue, long.MaxValue, (batch, map, _) =>
        {
            foreach (ref readonly Reading reading in batch.Readings.Readings)
            {
                _readings.AddFrom(batch.Readings, reading);
                ref Reading copy = ref _readings.MutableReadings[^1];
                copy = copy with { TagId = map.SeriesIds[reading.TagId] };
            }
        });
    }

    /// <summary>Counting sort by series, which keeps the order of arrival within each.</summary>
    private void SortBySeries()
    {
        ReadOnlySpan<Reading> all = _readings.Readings;
        int highest = 0;
        foreach (ref readonly Reading reading in all)
        {
            highest = Math.Max(highest, reading.TagId);
        }

        _starts = _starts.Length < highest + 2 ? new int[highest + 2] : _starts;
        _starts.AsSpan().Clear();
        foreach (ref readonly Reading reading in all)
        {
            _starts[reading.TagId + 1]++;
        }

        for (int i = 1; i < _starts.Length; i++)
        {
            _starts[i] += _starts[i - 1];
        }

        _order = _order.Length < all.Length ? new int[all.Length] : _order;
        for (int i = 0; i < all.Length; i++)
        {
            _order[_starts[all[i].TagId]++] = i;
        }
    }

    private void FoldSeries(ReaderPool.Reader reader, int seriesId, int from, int to, List<FoldedHour> hours)
    {
        int count = ReadingOrder.SortByTime(_readings.Readings, _order.AsSpan(from, to - from));
        for (int at = from; at < from + count;)
        {
            int hour = UnixTicks.HourOf(_readings.Readings[_order[at]].SourceTicks);
            int end = at + 1;
            while (end < from + count && UnixTicks.HourOf(_readings.Readings[_order[end]].SourceTicks) == hour)
            {
                end++;
            }

            hours.Add(FoldHour(reader, seriesId, hour, _order.AsSpan(at, end - at)));
            at = end;
        }
    }

    private FoldedHour FoldHour(ReaderPool.Reader reader, int seriesId, int hour, ReadOnlySpan<int> order)
    {
        List<ChunkPart> existing = ChunkPart.Find(reader.Database, seriesId, hour, hour);
        int nextPart = existing.Count == 0 ? 0 : existing[^1].Part + 1;
        List<ChunkPart> replaced = PartsToMerge(existing, order.Length);
        if (replaced.Count == 0)
        {
            return Encode(reader.Codec, seriesId, hour, nextPart, _readings, order, replaced);
        }

        _merged.Clear();
        foreach (ChunkPart part in replaced)
        {
            part.Load(reader.Database, reader.Codec, seriesId, _merged);
        }

        foreach (int index in order)
        {
            _merged.AddFrom(_readings, _readings.Readings[index]);
        }

        int[] mergedOrder = new int[_merged.Count];
        ReadingOrder.Identity(mergedOrder);
        int count = ReadingOrder.SortByTime(_merged.Readings, mergedOrder);
        return Encode(reader.Codec, seriesId, hour, nextPart, _merged, mergedOrder.AsSpan(0, count), replaced);
    }

    /// <summary>The newest parts that, together with the new one, fill a size class; merging only the newest keeps the order of arrival.</summary>
    private static List<ChunkPart> PartsToMerge(List<ChunkPart> existing, int newCount)
    {
        int from = existing.Count;
        long size = newCount;
        while (true)
        {
            int tier = Tier(size);
            int start = from;
            while (start > 0 && Tier(existing[start - 1].Summary.Count) <= tier)
            {
                start--;
            }

            long merged = size;
            for (int i = start; i < from; i++)
            {
                merged += existing[i].Summary.Count;
            }

            if (from - start < PartsPerTier - 1 || merged > ChunkCodec.ReadingsMax)
            {
                return existing.GetRange(from, existing.Count - from);
            }

            size = merged;
            from = start;
        }
    }

    private static int Tier(long readings) => (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)Math.Max(1, readings))) / 3;

    private static FoldedHour Encode(ChunkCodec codec, int seriesId, int hour, int part, ReadingBatch readings, ReadOnlySpan<int> order, List<ChunkPart> replaced)
    {
        var summary = default(ReadingSummary);
        foreach (int index in order)
        {
            summary.Add(readings.Readings[index]);
        }

        summary.EndWith(readings, readings.Readings[order[^1]]);

        return new FoldedHour(seriesId, hour, part, codec.Encode(readings, order).ToArray(), summary, replaced);
    }
}
