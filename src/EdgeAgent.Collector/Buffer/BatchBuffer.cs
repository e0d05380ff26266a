using System.Collections.Concurrent;
using EdgeAgent.Collector.Buffer.Sqlite;
using EdgeAgent.Core.Model;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Buffer;

/// <summary>Keeps sealed batches on disk until every publisher has passed them. What it guarantees is written in README.md beside this file.</summary>
/// <remarks>Safe for concurrent use. Appends are ordered by sequence, so one thread appends.</remarks>
public sealed class BatchBuffer : IAsyncDisposable
{
    /// <summary>Where the buffer lies in an agent's data directory.</summary>
    public const string DirectoryName = "buffer";

    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);

    private readonly BufferOptions _options;
    private readonly DirectoryLock _lock;
    private readonly WriterInbox _inbox = new();
    private readonly BufferWriter _writer;
    private readonly BufferReader _reader;
    private readonly DataSignal _signal = new();
    private readonly PassedSequences _passed = new();
    private readonly ConcurrentBag<AppendRequest> _idle = [];
    private readonly ITimer _tick;
    private readonly ITimer _acknowledge;
    private BufferView? _view;

    private BatchBuffer(BufferOptions options, DirectoryLock held, TimeProvider time, ILogger logger)
    {
        _options = options;
        _lock = held;
        _reader = new BufferReader(options.Directory, options.Faults);
        _writer = new BufferWriter(options, _inbox, _passed, time, logger, Publish);
        _writer.Start();
        _tick = time.CreateTimer(_ => Tick(), null, TickInterval, TickInterval);
        _acknowledge = time.CreateTimer(_ => _inbox.AcknowledgementsDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Random id of this run of sequences; a new one begins when a database is created.</summary>
    public Guid Incarnation => View.Incarnation;

    /// <summary>The sequence that the next batch must have.</summary>
    public long NextSequence => View.NextSequence;

    /// <summary>Hash of the batch before, zeros before the first.</summary>
    public ReadOnlyMemory<byte> LastHash => View.LastHash;

    /// <summary>Up to when every due reading is accounted for; null in a fresh buffer.</summary>
    public long? AccountedUntilTicks => View.AccountedUntilTicks;

    private BufferView View => Volatile.Read(ref _view)!;

    /// <summary>Opens the buffer, creating what is missing and setting a damaged database aside.</summary>
    /// <exception cref="BufferInUseException">Another agent has the directory.</exception>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    public static BatchBuffer Open(BufferOptions options, TimeProvider time, ILogger logger)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SizeBytesMax, 64 << 10);
        Directory.CreateDirectory(options.Directory);
        DirectoryLock held = DirectoryLock.Take(options.Directory);
        try
        {
            return new BatchBuffer(options, held, time, logger);
        }
        catch (SqliteFailure failure)
        {
            held.Dispose();
            throw new IOException($"The buffer in {options.Directory} cannot be opened: {failure.Message}", failure);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Takes a sealed batch. When this returns <see cref="AppendStatus.Appended"/>, it is as durable as the mode says.</summary>
    /// <param name="signed">Read until this returns and not afterwards.</param>
    /// <exception cref="ArgumentException">The sequence is not <see cref="NextSequence"/>.</exception>
    /// <exception cref="ObjectDisposedException">The buffer is closed.</exception>
    public AppendStatus Append(ReadOnlyMemory<byte> signed, in BatchRecord record)
    {
        AppendRequest request = _idle.TryTake(out AppendRequest? idle) ? idle : new AppendRequest();
        request.Prepare(signed, record);
        if (!_inbox.Add(request))
        {
            throw new ObjectDisposedException(nameof(BatchBuffer));
        }

        request.Wait();
        (AppendStatus status, Exception? misuse) = (request.Status, request.Misuse);
        request.Forget();
        _idle.Add(request);
        return misuse is null ? status : throw misuse;
    }

    /// <summary>The discards that no batch has declared. Put them into the next batch and name the snapshot in its record: they are
    /// handed out again until a batch that declares them is appended, and again if that batch is itself given up. While a batch that
    /// declares some is held, further ones wait.</summary>
    public DiscardedSnapshot TakeDiscarded()
    {
        if (!View.MayDeclare)
        {
            return DiscardedSnapshot.Empty;
        }

        var take = new TaskCompletionSource<DiscardedSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _inbox.Add(take) ? take.Task.GetAwaiter().GetResult() : DiscardedSnapshot.Empty;
    }

    /// <summary>Reads batches after a sequence, ascending.</summary>
    /// <param name="cursor">Batches that this cursor has passed are left out.</param>
    /// <param name="batchesMax">Most batches.</param>
    /// <param name="bytesMax">Reading stops after the batch that reaches this.</param>
    /// <returns>False when the database cannot be read now; try again later.</returns>
    public bool TryRead(string cursor, long afterSequence, int batchesMax, int bytesMax, BufferBlock into) =>
        Guard(view => _reader.Read(view.Generation, afterSequence, view.NextSequence, batchesMax, bytesMax, _passed.Copy(cursor), into), into);

    /// <summary>Reads one batch; false when it is not held or cannot be read now.</summary>
    public bool TryReadOne(long sequence, BufferBlock into)
    {
        bool found = false;
        return Guard(view => found = _reader.ReadOne(view.Generation, sequence, into), into) && found;
    }

    /// <summary>Moves a cursor past batches that are safe elsewhere. They are deleted when every cursor has passed them.</summary>
    /// <param name="incarnation">Of which sequences are spoken; another than the present one is ignored.</param>
    /// <param name="contiguous">Everything up to here.</param>
    /// <param name="above">Further ranges, in any order.</param>
    public void Acknowledge(string cursor, Guid incarnation, long contiguous, ReadOnlySpan<SequenceRange> above = default)
    {
        BufferView view = View;
        if (incarnation != view.Incarnation)
        {
            return;
        }

        // What was never appended cannot be acknowledged; a hub that says so is wrong.
        long last = view.NextSequence - 1;
        SequenceRange[] ranges = above.ToArray();
        void Add(SequenceSet set)
        {
            set.Add(1, Math.Min(contiguous, last));
            foreach (SequenceRange range in ranges)
            {
                set.Add(Math.Max(1, range.First), Math.Min(range.Last, last));
            }
        }

        _passed.Pass(incarnation, cursor, Add);
        if (_inbox.Pass(incarnation, cursor, Add))
        {
            _acknowledge.Change(TimeSpan.FromMilliseconds(_options.AcknowledgeDelayMs), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The sequence up to which the cursor has passed everything.</summary>
    public long PassedContiguous(string cursor) => _passed.Contiguous(cursor);

    /// <summary>Batches that the cursor has not passed: how far its publisher is behind.</summary>
    public long LagOf(string cursor) => _passed.Missing(cursor, View.NextSequence - 1);

    /// <summary>Readings given up, since the buffer was opened, that the cursor had not passed.</summary>
    public long DiscardedReadingsOf(string cursor) => View.DiscardedOf.GetValueOrDefault(cursor);

    /// <summary>Everything that the cursor has passed.</summary>
    internal SequenceSet CopyPassed(string cursor) => _passed.Copy(cursor);

    /// <summary>Gives up a batch whose stored bytes no longer have their hash, and books it as damaged.</summary>
    public void DiscardDamaged(Guid incarnation, long sequence) => _inbox.AddDamaged(incarnation, sequence);

    /// <summary>Completes when there is a batch after the sequence in that incarnation, or another incarnation.</summary>
    public Task WaitForDataAsync(Guid incarnation, long afterSequence, CancellationToken cancellation) => _signal.WaitAsync(
        () => View is { } view && (view.NextSequence - 1 > afterSequence || view.Incarnation != incarnation), cancellation);

    /// <summary>Completes when the acknowledgements made so far are committed, or the disk has refused them.</summary>
    public Task FlushAsync()
    {
        var barrier = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _inbox.AddBarrier(barrier) ? barrier.Task : Task.CompletedTask;
    }

    public BufferStatistics ReadStatistics()
    {
        BufferView view = View;
        long? oldest = null;
        Guard(v => { oldest = _reader.ReadOldestTicks(v.Generation); return true; }, null);
        string path = BufferDatabase.PathIn(_options.Directory);
        return new BufferStatistics(
            view.PendingBatches, view.PendingReadings, view.PendingBytes, view.BufferedReadings, view.AcknowledgedReadings,
            view.DiscardedReadings, view.UndeclaredReadings, oldest, LengthOf(path) + LengthOf(path + "-wal"), _writer.IsFull, view.UndeclaredRanges);
    }

    /// <summary>Commits what is waiting and closes the database; anything appended before is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await _tick.DisposeAsync().ConfigureAwait(false);
        await _acknowledge.DisposeAsync().ConfigureAwait(false);
        _inbox.Stop();
        _reader.Dispose();
        await _writer.Ended.ConfigureAwait(false);
        _lock.Dispose();
        while (_idle.TryTake(out AppendRequest? request))
        {
            request.Dispose();
        }
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private bool Guard(Func<BufferView, bool> read, BufferBlock? into)
    {
        BufferView view = View;
        try
        {
            read(view);
            return true;
        }
        catch (SqliteFailure failure)
        {
            into?.Clear();
            if (failure.IsDamage)
            {
                _inbox.ReportDamage(view.Generation);
            }

            return false;
        }
        catch (ObjectDisposedException)
        {
            into?.Clear();
            return false;
        }
    }

    private void Tick()
    {
        _inbox.Tick();
        _ = _writer.SyncIfDueAsync();
    }

    private void Publish(BufferView view, bool appended)
    {
        Volatile.Write(ref _view, view);
        if (appended)
        {
            _signal.Pulse();
        }
    }
}
