using EdgeAgent.Collector.Buffer.Sqlite;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using SQLitePCL;

namespace EdgeAgent.Collector.Buffer;

/// <summary>The writer's connection and everything that it keeps in step inside one transaction. Owned by the writer thread.</summary>
/// <remarks>After a rollback, everything in memory is read again from the tables: there is no second way to undo.</remarks>
internal sealed class BufferDatabase : IDisposable
{
    /// <summary>One sync of the log for so many batches; a power cut skips fewer numbers than this.</summary>
    private const int SequencesPerReservation = 4096;

    private readonly SqliteConnectionHandle _connection;
    private readonly BufferOptions _options;
    private readonly BatchTable _batches;
    private readonly BufferStateTable _stateTable;

    private BufferDatabase(SqliteConnectionHandle connection, BufferOptions options)
    {
        _connection = connection;
        _options = options;
        _batches = new BatchTable(connection);
        _stateTable = new BufferStateTable(connection);
        State = BufferState.CreateNew(options.BootId);
        Names = new DeviceNames(connection);
        Ledger = new DiscardLedger(connection, Names);
        Cursors = new CursorTable(connection);
    }

    public BufferState State { get; private set; }

    public DeviceNames Names { get; }

    public DiscardLedger Ledger { get; }

    public CursorTable Cursors { get; }

    public static string PathIn(string directory) => Path.Combine(directory, "buffer.db");

    /// <summary>Opens or creates the database, checks it, and books what a power cut may have taken.</summary>
    /// <exception cref="SqliteFailure">It cannot be opened, or it is damaged.</exception>
    /// <param name="salvage">What the database before this one held, when that was set aside; booked as discarded.</param>
    public static BufferDatabase Open(BufferOptions options, SalvageReport? salvage = null)
    {
        string path = PathIn(options.Directory);
        SqliteConnectionHandle connection = SqliteConnectionHandle.Open(
            path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_FULLMUTEX, options.Faults);
        try
        {
            // What opening writes must be on disk before the first batch is, in both modes.
            connection.Execute("PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=OFF");
            BufferSchema.CreateWhenNew(connection);
            var database = new BufferDatabase(connection, options);
            new BufferOpening(database, options, salvage).Run();
            database.Configure();
            DirectorySync.Sync(options.Directory);
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Begin() => _connection.Execute("BEGIN IMMEDIATE", "begin");

    public void Commit()
    {
        _stateTable.Save(State);
        _connection.Execute("COMMIT", "commit");
        Cursors.NoteCommitted();
    }

    /// <summary>Undoes the transaction, if one is open, and reads everything again.</summary>
    public void RollBack()
    {
        if (_connection.InTransaction)
        {
            _connection.Execute("ROLLBACK", "rollback");
        }

        Reload();
    }

    public void Reload()
    {
        State = _stateTable.Load() ?? BufferState.CreateNew(_options.BootId);
        Names.Load();
        Ledger.Load();
        Cursors.Load();
    }

    public (long? First, long? Last) ReadEnds() => _batches.ReadEnds();

    /// <summary>Inserts the batch. Caps have been applied before.</summary>
    public void Append(in BatchRecord record, ReadOnlySpan<byte> signed)
    {
        ReadOnlySpan<byte> accounts = Names.Encode(record.Accounts.Span);
        long stored = _batches.Insert(record, signed, accounts);
        State.NextSequence = record.Sequence + 1;
        State.LastHash = record.Hash.ToArray();
        State.AccountedUntilTicks = record.AccountedUntilTicks ?? State.AccountedUntilTicks;
        State.PendingBatches++;
        State.PendingReadings += record.Readings;
        State.PendingBytes += stored;
        State.BufferedReadings += record.Readings;
        if (record.Declared is { Ids.Count: > 0 } declared)
        {
            Ledger.Declare(declared, record.Sequence);
        }
    }

    /// <summary>Deletes what every cursor has passed, at most so many sequences at a time, so that appends are not kept waiting.</summary>
    /// <returns>Whether more is left to delete.</returns>
    public bool DeletePassed(long sequencesMax)
    {
        long left = sequencesMax;
        foreach (SequenceRange range in Cursors.Intersect().Except(Cursors.Released))
        {
            long last = Math.Min(range.Last, range.First + left - 1);
            BatchSums sums = _batches.Delete(range.First, last);
            State.PendingBatches -= sums.Batches;
            State.PendingReadings -= sums.Readings;
            State.PendingBytes -= sums.StoredBytes;
            State.AcknowledgedReadings += sums.Readings;
            Ledger.Settle(range.First, last);
            Cursors.Released.Add(range.First, last);
            left -= last - range.First + 1;
            if (left == 0)
            {
                return true;
            }
        }

        return false;
    }

    public List<HeldBatch> ReadOldest(long fromSequence, int max) => _batches.ReadOldest(fromSequence, max);

    /// <summary>Gives up a batch of which a reader found the bytes damaged.</summary>
    public void DiscardDamaged(long sequence)
    {
        if (_batches.Find(sequence) is { } batch)
        {
            Discard(batch, DiscardReasons.Damaged);
        }
    }

    /// <summary>Sets a block of sequences aside so that none of them is used twice after a power cut.</summary>
    /// <returns>Whether a new block was begun, which must reach the disk before the batch is published.</returns>
    public bool ReserveSequences()
    {
        if (State.NextSequence - 1 <= State.ReservedSequence)
        {
            return false;
        }

        State.ReservedSequence = State.NextSequence - 1 + SequencesPerReservation;
        return true;
    }

    /// <summary>Gives a held batch up and books it.</summary>
    public void Discard(in HeldBatch batch, string reason)
    {
        _batches.Delete(batch.Sequence, batch.Sequence);
        State.PendingBatches--;
        State.PendingReadings -= batch.Readings;
        State.PendingBytes -= batch.StoredBytes;
        State.DiscardedReadings += batch.Readings;
        Ledger.Undeclare(batch.Sequence);
        var accounts = new AccountSums();
        accounts.Add(batch.Accounts);
        Ledger.Add(batch.Sequence, batch.Sequence, reason, batch.Readings, batch.FirstTicks, batch.LastTicks, accounts);
        Cursors.PassAll(batch.Sequence, batch.Sequence, batch.Readings);
    }

    /// <summary>Bytes of pages that the next rows can take without growing the file.</summary>
    public long FreeBytes() => _connection.QueryInt64("PRAGMA freelist_count") * BufferSchema.PageSizeBytes;

    /// <summary>Gives free pages at the end of the file back to the file system.</summary>
    public void Shrink(int pagesMax) => _connection.Execute($"PRAGMA incremental_vacuum({pagesMax})");

    public bool Checkpoint(int mode) => _connection.Checkpoint(mode);

    /// <summary>Moves the log if that is possible now.</summary>
    public void TryCheckpoint()
    {
        try
        {
            _connection.Checkpoint(raw.SQLITE_CHECKPOINT_RESTART);
        }
        catch (SqliteFailure)
        {
            // The next commit meets the same trouble and deals with it.
        }
    }

    /// <summary>Keeps the database from growing by more than so many pages; 0 lets it grow again.</summary>
    public void LimitPages(int growthPages)
    {
        long limit = growthPages > 0 ? _connection.QueryInt64("PRAGMA page_count") + growthPages
            : _options.PageCountMax > 0 ? _options.PageCountMax : int.MaxValue - 1;
        _connection.QueryInt64($"PRAGMA max_page_count={limit}");
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Marks the end of an orderly run, on disk in both modes.</summary>
    public void MarkClean()
    {
        _connection.Execute("PRAGMA synchronous=FULL");
        Begin();
        State.Clean = true;
        Commit();
        _connection.Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
    }

    private void Configure()
    {
        string synchronous = _options.Durability == BufferDurability.Full ? "FULL" : "NORMAL";
        _connection.Execute($"""
            PRAGMA synchronous={synchronous};
            PRAGMA cache_size=-4096;
            PRAGMA wal_autocheckpoint={BufferSchema.LogPagesMax};
            PRAGMA journal_size_limit=16777216
            """);
        if (_options.PageCountMax > 0)
        {
            _connection.Execute($"PRAGMA max_page_count={_options.PageCountMax}");
        }
    }
}
