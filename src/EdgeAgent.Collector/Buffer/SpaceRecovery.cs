using EdgeAgent.Collector.Buffer.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace EdgeAgent.Collector.Buffer;

/// <summary>What the writer does when the disk takes no more: releases the reserve, gives the oldest batches up, and recovers by itself.</summary>
/// <remarks>While the disk is full the buffer is <em>tight</em>: the released reserve has let the database take in all of the
/// write-ahead log, and from then on neither grows. Newest batches live on the pages of the oldest, and the log is moved after
/// each commit, so that it is written from its beginning again. The reserve can be taken again: no longer tight.</remarks>
internal sealed class SpaceRecovery(BufferOptions options, ILogger logger)
{
    /// <summary>Reserve, then deletes, then one last try.</summary>
    private const int AttemptsMax = 3;

    /// <summary>Room for tree pages and the write-ahead log beside the batch itself.</summary>
    private const long MarginBytes = 16 * BufferSchema.PageSizeBytes;

    /// <summary>Pages that the database may still grow by when tight: the ledger of discards may need one before a delete frees one.</summary>
    private const int GrowthPages = 16;

    private readonly ReserveFile _reserve = new(options.Directory, options.ReserveSizeBytes);
    private volatile bool _full;
    private bool _tight;

    public bool IsFull => _full;

    /// <summary>Takes the reserve at the start.</summary>
    public void TakeReserve() => _reserve.TryTake();

    /// <summary>Takes the reserve again when there is room.</summary>
    /// <returns>Whether there is room.</returns>
    public bool TryRelax(BufferDatabase database)
    {
        if (!_reserve.TryTake())
        {
            return false;
        }

        if (_tight)
        {
            _tight = false;
            database.LimitPages(0);
        }

        return true;
    }

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
        if (database is null || !failure.IsSpace)
        {
            // Trying again is all that can be done; where the connection was dropped, it is opened anew.
            return true;
        }

        try
        {
            if (attempt > 1)
            {
                GiveUpOldest(database, incomingBytes);
            }

            MoveLog(database);
            if (!_tight)
            {
                _tight = true;
                database.LimitPages(GrowthPages);
            }
        }
        catch (SqliteFailure e) when (!e.IsDamage)
        {
            TryRollBack(database);
        }

        return true;
    }

    /// <summary>A transaction was committed.</summary>
    public void Succeeded(BufferDatabase database)
    {
        if (_tight)
        {
            database.TryCheckpoint();
        }

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

    /// <summary>The log's space can be written again once its content is in the database. When the database has no room to grow for
    /// it, it is made smaller by what it does not use.</summary>
    private static void MoveLog(BufferDatabase database)
    {
        try
        {
            database.Checkpoint(raw.SQLITE_CHECKPOINT_RESTART);
        }
        catch (SqliteFailure failure) when (failure.IsSpace)
        {
            database.Shrink(int.MaxValue);
            database.Checkpoint(raw.SQLITE_CHECKPOINT_RESTART);
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
