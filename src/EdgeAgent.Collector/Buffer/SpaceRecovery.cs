using EdgeAgent.Collector.Buffer.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace EdgeAgent.Collector.Buffer;

/// <summary>What the writer does when the disk takes no more: releases the reserve, gives the oldest batches up, and recovers by itself.</summary>
internal sealed class SpaceRecovery(BufferOptions options, ILogger logger)
{
    /// <summary>Reserve, then deletes, then one last try.</summary>
    private const int AttemptsMax = 3;

    /// <summary>Room for tree pages and the write-ahead log beside the batch itself.</summary>
    private const long MarginBytes = 16 * BufferSchema.PageSizeBytes;

    private readonly ReserveFile _reserve = new(options.Directory, options.ReserveSizeBytes);
    private volatile bool _full;

    public bool IsFull => _full;

    public bool TakeReserve() => _reserve.TryTake();

    /// <summary>Takes a step towards room after a failed attempt.</summary>
    /// <returns>Whether another attempt makes sense.</returns>
    public bool TryFree(BufferDatabase? database, SqliteFailure failure, int attempt, long incomingBytes)
    {
        if (attempt >= AttemptsMax)
        {
            Failed(failure);
            return false;
        }

        _reserve.Release();
        if (database is null)
        {
            // The connection was dropped: the next attempt opens a new one.
            return true;
        }

        try
        {
            if (attempt > 1)
            {
                GiveUpOldest(database, incomingBytes);
            }

            // The log's space can be written again once its content is in the database.
            database.Checkpoint(raw.SQLITE_CHECKPOINT_RESTART);
        }
        catch (SqliteFailure e) when (!e.IsDamage)
        {
            TryRollBack(database);
        }

        return true;
    }

    public void Succeeded()
    {
        if (_full)
        {
            _full = false;
            BufferLog.Recovered(logger, options.Directory);
        }
    }

    private void Failed(SqliteFailure failure)
    {
        if (!_full)
        {
            _full = true;
            BufferLog.Full(logger, options.Directory, failure.Message);
        }
    }

    private static void GiveUpOldest(BufferDatabase database, long incomingBytes)
    {
        long missing = incomingBytes + MarginBytes - database.FreeBytes();
        if (missing <= 0)
        {
            return;
        }

        database.Begin();
        RetentionCaps.GiveUp(database, missing, DiscardReasons.DiskFull, _ => true);
        database.Commit();
    }

    private static void TryRollBack(BufferDatabase database)
    {
        try
        {
            database.RollBack();
        }
        catch (SqliteFailure)
        {
            // The next attempt meets the same failure and drops the connection.
        }
    }
}
