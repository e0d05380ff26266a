using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Deletes raw data beyond the retention in small transactions, so that appends pass in between. Accounts, sequences and definitions stay.</summary>
/// <remarks>Old means old by source time and by when it came: what was imported today about last decade stays for the whole retention.</remarks>
internal sealed class Retention(long cutTicks)
{
    /// <summary>Rows deleted in one transaction: some milliseconds of work.</summary>
    private const int RowsMax = 500;

    private readonly int _cutHour = UnixTicks.HourOf(cutTicks);
    private long _seriesDone;

    /// <summary>Deletes a little; false when nothing is left to delete.</summary>
    public bool DeleteSome(SqliteDatabase database)
    {
        bool more = false;
        database.InTransaction(() => more = DeleteChunks(database) | DeleteBatches(database));
        return more;
    }

    private bool DeleteChunks(SqliteDatabase database)
    {
        Statement next = database.Sql("SELECT id FROM series WHERE id > ? ORDER BY id LIMIT 1").Bind(1, _seriesDone);
        if (!next.Step())
        {
            return false;
        }

        int seriesId = next.Int32(0);
        next.Reset();
        List<ChunkPart> parts = ChunkPart.FindFolded(database, seriesId, _cutHour, cutTicks, RowsMax);
        foreach (ChunkPart part in parts)
        {
            part.Delete(database, seriesId);
        }

        _seriesDone = parts.Count < RowsMax ? seriesId : _seriesDone;
        return true;
    }

    private bool DeleteBatches(SqliteDatabase database)
    {
        Statement delete = database.Sql("""
            DELETE FROM batches WHERE id IN (
              SELECT id FROM batches WHERE last < ?1 AND received < ?1 AND id <= (SELECT value FROM progress WHERE name = 'folded') LIMIT ?2)
            RETURNING id
            """).Bind(1, _cutHour * UnixTicks.PerHour).Bind(2, RowsMax);
        int deleted = 0;
        while (delete.Step())
        {
            deleted++;
        }

        return deleted == RowsMax;
    }
}
