using EdgeAgent.Core.Model;
using EdgeAgent.Store.Sqlite.Chunks;

namespace EdgeAgent.Store.Sqlite;

/// <summary>One stored part of a series' hour: where its readings are and what they come to.</summary>
internal sealed record ChunkPart(int Hour, int Part, long DataId, ReadingSummary Summary)
{
    private const string Columns = "hour, part, data_id, first, last, count, numbers, min, max, sum, worst, last_kind, last_bits, last_bytes";

    /// <summary>The parts of a series that may hold readings of the hours [fromHour, toHour], by hour and then in the order of arrival.</summary>
    public static List<ChunkPart> Find(SqliteDatabase database, int seriesId, int fromHour, int toHour)
    {
        return Read(database.Sql($"SELECT {Columns} FROM chunks WHERE series_id = ? AND hour BETWEEN ? AND ? ORDER BY hour, part")
            .Bind(1, seriesId).Bind(2, fromHour).Bind(3, toHour));
    }

    /// <summary>Parts of hours before <paramref name="cutHour"/> that were written before <paramref name="cutTicks"/>.</summary>
    public static List<ChunkPart> FindFolded(SqliteDatabase database, int seriesId, int cutHour, long cutTicks, int max) =>
        Read(database.Sql($"SELECT {Columns} FROM chunks WHERE series_id = ? AND hour < ? AND folded < ? LIMIT ?")
            .Bind(1, seriesId).Bind(2, cutHour).Bind(3, cutTicks).Bind(4, max));

    private static List<ChunkPart> Read(Statement rows)
    {
        var parts = new List<ChunkPart>();
        while (rows.Step())
        {
            parts.Add(new ChunkPart(rows.Int32(0), rows.Int32(1), rows.Int64(2), new ReadingSummary
            {
                First = rows.Int64(3),
                Last = rows.Int64(4),
                Count = rows.Int32(5),
                Numbers = rows.Int32(6),
                Min = rows.Double(7),
                Max = rows.Double(8),
                Sum = rows.Double(9),
                Worst = (uint)rows.Int64(10),
                LastValue = new StoredValue((ValueKind)rows.Int32(11), (ulong)rows.Int64(12), rows.IsNull(13) ? null : rows.Blob(13).ToArray()),
            }));
        }

        return parts;
    }

    public void Load(SqliteDatabase database, ChunkCodec codec, int seriesId, ReadingBatch into)
    {
        Statement row = database.Sql("SELECT data FROM chunk_data WHERE id = ?").Bind(1, DataId);
        if (!row.Step())
        {
            throw new StoreDamagedException($"The store lost chunk {DataId} of series {seriesId}, hour {Hour}.");
        }

        codec.Decode(row.Blob(0), seriesId, into);
        row.Reset();
    }

    public static void Insert(SqliteDatabase database, FoldedHour folded, long nowTicks)
    {
        long dataId = database.Insert(database.Sql("INSERT INTO chunk_data (data) VALUES (?)").Bind(1, folded.Data));
        ReadingSummary s = folded.Summary;
        Statement insert = database.Sql($"INSERT INTO chunks (series_id, {Columns}, folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .Bind(1, folded.SeriesId).Bind(2, folded.Hour).Bind(3, folded.Part).Bind(4, dataId).Bind(5, s.First).Bind(6, s.Last).Bind(7, s.Count)
            .Bind(8, s.Numbers).Bind(9, s.Min).Bind(10, s.Max).Bind(11, Finite(s.Sum)).Bind(12, s.Worst)
            .Bind(13, (long)s.LastValue.Kind).Bind(14, (long)s.LastValue.Bits).Bind(16, nowTicks);
        _ = s.LastValue.Bytes is { } bytes ? insert.Bind(15, bytes) : insert.BindNull(15);
        insert.Run();
    }

    public void Delete(SqliteDatabase database, int seriesId)
    {
        database.Sql("DELETE FROM chunks WHERE series_id = ? AND hour = ? AND part = ?").Bind(1, seriesId).Bind(2, Hour).Bind(3, Part).Run();
        database.Sql("DELETE FROM chunk_data WHERE id = ?").Bind(1, DataId).Run();
    }

    /// <summary>SQLite keeps no NaN, and infinities of both signs add up to one.</summary>
    private static double Finite(double sum) => double.IsNaN(sum) ? 0 : sum;
}
