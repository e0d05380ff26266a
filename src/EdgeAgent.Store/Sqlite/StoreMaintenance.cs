using System.Threading.Channels;
using EdgeAgent.Core.Model;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store.Sqlite;

/// <summary>The background of the embedded store: folds the tail into chunks and deletes what is beyond the retention.</summary>
internal sealed partial class StoreMaintenance(
    SqliteStoreOptions options,
    SqliteDatabase writer,
    SemaphoreSlim writeGate,
    ReaderPool readers,
    LastValues lastValues,
    TimeProvider time,
    ILogger log)
{
    /// <summary>Appends that follow each other faster than this are a catch-up, which folding should not slow down.</summary>
    private static readonly TimeSpan QuietSpan = TimeSpan.FromMilliseconds(50);

    /// <summary>So many times the wanted tail may gather during a catch-up before it is folded all the same.</summary>
    private const int BusyTailFactor = 8;

    private static readonly TimeSpan TickSpan = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetentionSpan = TimeSpan.FromHours(1);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _foldGate = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly TailFolder _folder = new();
    private long _tailReadings = writer.Scalar("SELECT sum(readings) FROM batches WHERE id > coalesce((SELECT value FROM progress WHERE name = 'folded'), 0)");
    private long _appends;
    private Task _loop = Task.CompletedTask;

    public long TailReadings => Interlocked.Read(ref _tailReadings);

    public static long FoldedUpTo(SqliteDatabase database) => database.Scalar("SELECT value FROM progress WHERE name = 'folded'");

    public void Start() => _loop = Task.Run(() => RunAsync(_stop.Token));

    public void AfterAppend(long readings)
    {
        Interlocked.Increment(ref _appends);
        if (Interlocked.Add(ref _tailReadings, readings) >= options.TailReadingsMax)
        {
            _wake.Writer.TryWrite(true);
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async Task FoldAllAsync(CancellationToken cancellation)
    {
        while (await FoldOnceAsync(cancellation))
        {
        }
    }

    /// <summary>Folds up to a million readings; false when nothing waits.</summary>
    private async Task<bool> FoldOnceAsync(CancellationToken cancellation)
    {
        await _foldGate.WaitAsync(cancellation);
        ReaderPool.Reader? reader = null;
        try
        {
            reader = readers.Take();
            var (after, upTo, hours) = await Task.Run(() => reader.Database.InSnapshot(() =>
            {
                long folded = FoldedUpTo(reader.Database);
                var fold = _folder.Fold(reader, folded, long.MaxValue);
                return (folded, fold.UpTo, fold.Hours);
            }), CancellationToken.None);
            if (upTo == after)
            {
                return false;
            }

            await writeGate.WaitAsync(cancellation);
            try
            {
                await Task.Run(() => Write(after, upTo, hours), CancellationToken.None);
            }
            finally
            {
                writeGate.Release();
            }

            return true;
        }
        finally
        {
            if (reader is not null)
            {
                readers.Return(reader);
            }

            _foldGate.Release();
        }
    }

    public async Task EnforceRetentionAsync(CancellationToken cancellation)
    {
        if (options.RetentionMonths <= 0)
        {
            return;
        }

        var retention = new Retention(UnixTicks.From(time.GetUtcNow().AddMonths(-options.RetentionMonths)));
        await _foldGate.WaitAsync(cancellation);
        try
        {
            bool more = true;
            while (more)
            {
                await writeGate.WaitAsync(cancellation);
                try
                {
                    more = await Task.Run(() => retention.DeleteSome(writer), CancellationToken.None);
                }
                finally
                {
                    writeGate.Release();
                }
            }
        }
        finally
        {
            _foldGate.Release();
        }
    }

    private void Write(long after, long upTo, List<FoldedHour> hours)
    {
        var lastChanged = lastValues.TakeChanged();
        try
        {
            writer.InTransaction(() =>
            {
                long now = UnixTicks.Now(time);
                foreach (FoldedHour hour in hours)
                {
                    foreach (ChunkPart part in hour.Replaces)
                    {
                        part.Delete(writer, hour.SeriesId);
                    }

                    ChunkPart.Insert(writer, hour, now);
                }

                LastValues.Save(writer, lastChanged);
                writer.Sql("INSERT OR REPLACE INTO progress VALUES ('folded', ?)").Bind(1, upTo).Run();
            });
        }
        catch
        {
            lastValues.GiveBack(lastChanged);
            throw;
        }

        Statement folded = writer.Sql("SELECT sum(readings) FROM batches WHERE id > ? AND id <= ?").Bind(1, after).Bind(2, upTo);
        folded.Step();
        Interlocked.Add(ref _tailReadings, -folded.Int64(0));
        folded.Reset();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        using ITimer tick = time.CreateTimer(_ => _wake.Writer.TryWrite(true), null, TickSpan, TickSpan);
        long retainedAt = time.GetTimestamp();
        while (!cancellation.IsCancellationRequested)
        {
            await _wake.Reader.ReadAsync(cancellation);
            try
            {
                while (await IsFoldDueAsync(cancellation) && await FoldOnceAsync(cancellation))
                {
                }

                if (time.GetElapsedTime(retainedAt) >= RetentionSpan)
                {
                    await EnforceRetentionAsync(cancellation);
                    retainedAt = time.GetTimestamp();
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Nothing is lost by it: the tail stays and is read as it is. The next tick tries again.
                LogFailed(log, options.Path, e);
            }
        }
    }

    private async Task<bool> IsFoldDueAsync(CancellationToken cancellation)
    {
        if (TailReadings < options.TailReadingsMax)
        {
            return TailReadings > 0 && OldestWaits(options.TailAgeMax);
        }

        if (TailReadings >= (long)options.TailReadingsMax * BusyTailFactor)
        {
            return true;
        }

        long appends = Interlocked.Read(ref _appends);
        await Task.Delay(QuietSpan, time, cancellation);
        return appends == Interlocked.Read(ref _appends);
    }

    private bool OldestWaits(TimeSpan age)
    {
        ReaderPool.Reader reader = readers.Take();
        try
        {
            long oldest = reader.Database.Scalar(
                "SELECT received FROM batches WHERE id > coalesce((SELECT value FROM progress WHERE name = 'folded'), 0) ORDER BY id LIMIT 1");
            return oldest != 0 && UnixTicks.Now(time) - oldest >= age.Ticks;
        }
        finally
        {
            readers.Return(reader);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Maintenance of store {Path} failed and will be tried again")]
    private static partial void LogFailed(ILogger log, string path, Exception error);
}
