using EdgeAgent.Collector.Buffer.Sqlite;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace EdgeAgent.Collector.Buffer;

/// <summary>The one thread that changes the database. It takes all work that is waiting and commits it as one transaction.</summary>
internal sealed class BufferWriter
{
    /// <summary>Sequences deleted in one transaction: a few milliseconds, so that an append does not wait long behind a big acknowledgement.</summary>
    private const int DeletesMax = 1024;

    /// <summary>What a row of a batch's accounts takes, rather high.</summary>
    private const int AccountBytesGuess = 8;

    private readonly BufferOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action<BufferView, bool> _published;
    private readonly WriterInbox _inbox;
    private readonly PassedSequences _passed;
    private readonly BufferUpkeep _upkeep;
    private readonly RetentionCaps _caps;
    private readonly SpaceRecovery _space;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BufferDatabase? _database;
    private WalSync? _walSync;
    private SalvageReport? _salvage;
    private int _generation;

    /// <param name="published">Called on the writer thread after each commit with what it left, and whether it brought batches.</param>
    public BufferWriter(
        BufferOptions options, WriterInbox inbox, PassedSequences passed, TimeProvider time, ILogger logger,
        Action<BufferView, bool> published)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _published = published;
        _inbox = inbox;
        _passed = passed;
        _caps = new RetentionCaps(options, new ClockWatch(time));
        _space = new SpaceRecovery(options, logger);
        _upkeep = new BufferUpkeep(time, _caps, _space);
    }

    public bool IsFull => _space.IsFull;

    /// <summary>Completes when the database is closed.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Opens the database, setting a damaged one aside, and starts the thread.</summary>
    public void Start()
    {
        try
        {
            Attach(BufferDatabase.Open(_options));
        }
        catch (SqliteFailure failure) when (failure.IsDamage)
        {
            Replace(failure);
        }

        _space.TakeReserve();
        new Thread(Run) { Name = "buffer writer", IsBackground = true }.Start();
    }

    public Task SyncIfDueAsync() => _walSync?.SyncIfDueAsync() ?? Task.CompletedTask;

    private void Run()
    {
        var work = new WriterWork();
        while (true)
        {
            _inbox.Take(work);
            try
            {
                Turn(work);
            }
            catch (Exception e)
            {
                // Whatever it is, the callers must not wait for ever and collection must go on.
                BufferLog.TurnFailed(_logger, e);
                Refuse(work);
            }

            if (work.Stopping)
            {
                work.LetGo();
                Close();
                return;
            }
        }
    }

    private void Turn(WriterWork work)
    {
        // What was read of a database that has been replaced since says nothing of the one at hand.
        if (work.DamagedGeneration == _generation)
        {
            Replace(new SqliteFailure(raw.SQLITE_CORRUPT, "read", "a reader met a damaged page"));
        }

        foreach (TaskCompletionSource<DiscardedSnapshot> take in work.Takes)
        {
            take.TrySetResult(
                _database?.Ledger.Take(DiscardLedger.RangesPerBatchMax, _database.State.Incarnation) ?? DiscardedSnapshot.Empty);
        }

        work.Takes.Clear();
        if (work.NeedsTransaction)
        {
            CommitWork(work);
        }

        if (work.Tick)
        {
            Upkeep();
        }

        if (!work.HasMore)
        {
            work.Barriers.ForEach(b => b.TrySetResult());
            work.Barriers.Clear();
        }
    }

    private void CommitWork(WriterWork work)
    {
        long incoming = work.Appends.Sum(a => BatchTable.StoredBytes(a.Signed.Length, AccountSums.BytesMax(a.Record.Accounts.Length)));
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                BufferDatabase database = OpenDatabase();
                if (work.Appends.Any(a => !a.Record.IsOf(database.State.Incarnation)))
                {
                    // Sealed for a database that has been set aside since.
                    Complete(work, AppendStatus.NewIncarnation);
                    return;
                }

                Apply(database, work);
                _space.Succeeded(database);
                Publish(work.Appends.Count > 0);
                Complete(work, AppendStatus.Appended);
                return;
            }
            catch (SqliteFailure failure) when (failure.IsDamage)
            {
                Replace(failure);
                Complete(work, AppendStatus.NewIncarnation);
                return;
            }
            catch (SqliteFailure failure)
            {
                RecoverFrom(failure);
                if (!_space.TryFree(_database, failure, attempt, incoming))
                {
                    Refuse(work);
                    return;
                }
            }
        }
    }

    private void Apply(BufferDatabase database, WriterWork work)
    {
        database.Begin();
        // What was said of a database that has been set aside since means nothing here.
        Guid current = database.State.Incarnation;
        foreach (((Guid incarnation, string cursor), SequenceSet passed) in work.Passed)
        {
            if (incarnation == current)
            {
                database.Cursors.Pass(cursor, passed);
            }
        }

        foreach ((Guid incarnation, long sequence) in work.Damaged)
        {
            if (incarnation == current)
            {
                database.DiscardDamaged(sequence);
            }
        }

        work.HasMore = database.DeletePassed(DeletesMax);
        work.DeletesRefused = false;
        foreach (AppendRequest append in work.Appends)
        {
            if (append.Record.Sequence != database.State.NextSequence)
            {
                append.Refuse(new ArgumentException($"Batch {append.Record.Sequence} was appended where {database.State.NextSequence} is next."));
                continue;
            }

            _caps.ApplySize(database, BatchTable.StoredBytes(append.Signed.Length, append.Record.Accounts.Length * AccountBytesGuess));
            database.Append(append.Record, append.Signed.Span);
        }

        bool reserved = _options.Durability == BufferDurability.Normal && database.ReserveSequences();
        database.Commit();
        if (_options.Durability == BufferDurability.Normal)
        {
            _walSync?.Written(reserved);
        }

        work.Passed.Clear();
        work.Damaged.Clear();
    }

    /// <summary>Undoes the failed transaction; a connection that cannot even do that is dropped and opened anew next time.</summary>
    private void RecoverFrom(SqliteFailure failure)
    {
        try
        {
            _database?.RollBack();
            if (!failure.IsMedium)
            {
                return;
            }
        }
        catch (SqliteFailure)
        {
            // Falls through to dropping the connection.
        }

        Detach();
    }

    private void Upkeep()
    {
        if (_database is null)
        {
            return;
        }

        try
        {
            if (_upkeep.Run(_database))
            {
                Publish(false);
            }
        }
        catch (SqliteFailure failure) when (failure.IsDamage)
        {
            Replace(failure);
        }
        catch (SqliteFailure failure)
        {
            RecoverFrom(failure);
        }
    }

    private BufferDatabase OpenDatabase()
    {
        if (_database is null)
        {
            Attach(BufferDatabase.Open(_options, _salvage));
        }

        return _database!;
    }

    private void Replace(SqliteFailure failure)
    {
        Detach();
        // Kept until a new database has it: when the disk takes none now, the next try must tell of the loss all the same.
        SalvageReport report = DamagedDatabase.SetAside(_options.Directory, _time);
        report = _salvage ??= report;
        BufferLog.SetAside(_logger, failure.Message, report.SetAsideAs, report.Batches, report.LostReadings);
        Attach(BufferDatabase.Open(_options, report));
    }

    private void Attach(BufferDatabase database)
    {
        _database = database;
        _salvage = null;
        _walSync = new WalSync(BufferDatabase.PathIn(_options.Directory) + "-wal", _options.SyncIntervalMs, _time, _logger);
        _generation++;
        _passed.Take(database.State.Incarnation, database.Cursors);
        Publish(true);
    }

    private void Detach()
    {
        _walSync?.Dispose();
        _walSync = null;
        _database?.Dispose();
        _database = null;
    }

    private void Publish(bool appended)
    {
        if (_database is not null)
        {
            if (_database.Cursors.TakeMovedAll())
            {
                // Else what was given up would count as the publishers' arrears for ever.
                _passed.Take(_database.State.Incarnation, _database.Cursors);
            }

            _published(BufferView.Of(_database, _generation), appended);
        }
    }

    /// <summary>The disk takes nothing: callers go on, and what is left to delete waits for the next tick or append.</summary>
    private static void Refuse(WriterWork work)
    {
        Complete(work, AppendStatus.Full);
        work.DeletesRefused |= work.HasMore;
        work.HasMore = false;
    }

    private static void Complete(WriterWork work, AppendStatus status)
    {
        foreach (AppendRequest append in work.Appends)
        {
            append.Complete(status);
        }

        work.Appends.Clear();
    }

    private void Close()
    {
        try
        {
            _database?.MarkClean();
        }
        catch (SqliteFailure failure)
        {
            BufferLog.CloseFailed(_logger, failure);
        }

        Detach();
        _ended.SetResult();
    }
}
