using EdgeAgent.Core.Model;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store.Sqlite;

/// <summary>The embedded store: one SQLite file, one writer, any number of readers. README.md beside it tells the layout and why.</summary>
public sealed partial class SqliteTimeSeriesStore : ITimeSeriesStore
{
    private readonly SqliteStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _writeGate = new(1);
    private readonly LastValues _lastValues = new();
    private readonly ReaderPool _readers;
    private bool _open;
    private FileStream? _lock;
    private SqliteDatabase? _writer;
    private GroupAppender? _appender;
    private StoreMaintenance? _maintenance;

    public SqliteTimeSeriesStore(SqliteStoreOptions options, TimeProvider time, ILogger<SqliteTimeSeriesStore> log)
    {
        _options = options;
        _time = time;
        _log = log;
        _readers = new ReaderPool(options.Path);
    }

    /// <summary>Readings in batches that wait to be folded into chunks.</summary>
    public long TailReadings => _maintenance?.TailReadings ?? 0;

    /// <exception cref="StoreDamagedException">The file is damaged or not a store; it was not touched.</exception>
    public async ValueTask InitializeAsync(CancellationToken cancellation)
    {
        await _writeGate.WaitAsync(cancellation);
        try
        {
            if (!_open)
            {
                await Task.Run(() => Guarded(Open), CancellationToken.None);
                _open = true;
                if (_options.Maintenance)
                {
                    _maintenance?.Start();
                }
            }
        }
        catch
        {
            Close();
            throw;
        }
        finally
        {
            _writeGate.Release();
        }
    }

    public async ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellation)
    {
        GroupAppender appender = _appender ?? throw NotOpenForWriting();
        if (batches.Count == 0)
        {
            return [];
        }

        await _writeGate.WaitAsync(cancellation);
        try
        {
            IReadOnlyList<AppendOutcome> outcomes = await Task.Run(() => Guarded(() => appender.Append(batches)), CancellationToken.None);
            _maintenance?.AfterAppend(appender.StoredReadings);
            return outcomes;
        }
        finally
        {
            _writeGate.Release();
        }
    }

    public ValueTask<PlantDefinition?> FindDefinitionAsync(AgentKey agent, ReadOnlyMemory<byte> configHash, CancellationToken cancellation) =>
        QueryAsync(reader => reader.Catalogue.FindDefinition(agent, configHash.Span), cancellation);

    public ValueTask<SequenceRecord> ReadSequencesAsync(AgentKey agent, Guid incarnation, CancellationToken cancellation) =>
        QueryAsync(reader => RowReaders.Sequences(reader.Database, agent, incarnation), cancellation);

    public ValueTask<IReadOnlyList<Guid>> ListIncarnationsAsync(AgentKey agent, CancellationToken cancellation) =>
        QueryAsync<IReadOnlyList<Guid>>(reader => RowReaders.Incarnations(reader.Database, agent), cancellation);

    public ValueTask<byte[]?> FindBatchHashAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        QueryAsync(reader => RowReaders.BatchBlob(reader.Database, "hash", agent, incarnation, sequence), cancellation);

    public ValueTask<byte[]?> ReadBatchAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        QueryAsync(reader => RowReaders.BatchBlob(reader.Database, "signed", agent, incarnation, sequence), cancellation);

    public ValueTask<IReadOnlyList<AgentKey>> ListAgentsAsync(CancellationToken cancellation) =>
        QueryAsync<IReadOnlyList<AgentKey>>(reader => RowReaders.Agents(reader.Database), cancellation);

    public ValueTask<IReadOnlyList<SeriesInfo>> ListSeriesAsync(string? site, CancellationToken cancellation) =>
        QueryAsync<IReadOnlyList<SeriesInfo>>(reader => RowReaders.Series(reader.Database, site).ConvertAll(s => s.Info), cancellation);

    public ValueTask<IReadOnlyList<DeviceSource>> ListDevicesAsync(string? site, CancellationToken cancellation) =>
        QueryAsync<IReadOnlyList<DeviceSource>>(reader => [.. AccountReader.Devices(reader.Database, site).OfType<DeviceSource>()], cancellation);

    public ValueTask<IReadOnlyList<SeriesPoint>> ReadLastAsync(string? site, CancellationToken cancellation) =>
        QueryAsync<IReadOnlyList<SeriesPoint>>(reader => ReadLast(reader, site), cancellation);

    public ValueTask<IReadOnlyList<RangePoint>> ReadRangeAsync(SeriesKey series, long fromTicks, long toTicks, int pointsMax, CancellationToken cancellation) =>
        QueryAsync<IReadOnlyList<RangePoint>>(
            reader => toTicks > fromTicks && RowReaders.SeriesId(reader.Database, series) is { } id
                ? new RangeReader(reader, id, fromTicks, toTicks).Read(StoreMaintenance.FoldedUpTo(reader.Database), pointsMax)
                : [],
            cancellation);

    public ValueTask<IReadOnlyList<DeviceHour>> ReadDeviceHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) =>
        QueryAsync<IReadOnlyList<DeviceHour>>(reader => AccountReader.Read(reader.Database, site, fromHour, toHour), cancellation);

    public async ValueTask VisitDeviceHoursAsync(string? site, int fromHour, int toHour, DeviceHourVisitor visitor, CancellationToken cancellation) =>
        await QueryAsync(
            reader =>
            {
                AccountReader.Visit(reader.Database, site, fromHour, toHour, visitor, cancellation);
                return true;
            },
            cancellation);

    public ValueTask<IReadOnlyList<HourVersion>> ReadHourVersionsAsync(int fromHour, int toHour, CancellationToken cancellation) =>
        QueryAsync<IReadOnlyList<HourVersion>>(reader => AccountReader.Versions(reader.Database, fromHour, toHour), cancellation);

    public ValueTask<IReadOnlyList<SeriesHour>> ReadSeriesHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) =>
        QueryAsync<IReadOnlyList<SeriesHour>>(reader => new SeriesHourReader(reader, site, fromHour, toHour).Read(), cancellation);

    public ValueTask<IReadOnlyList<BatchTimes>> ReadBatchTimesAsync(
        AgentKey agent, Guid incarnation, long firstSequence, long lastSequence, int samplesMax, CancellationToken cancellation) =>
        QueryAsync<IReadOnlyList<BatchTimes>>(
            reader => RowReaders.BatchTimes(reader.Database, agent, incarnation, SequenceStretches.Cut(firstSequence, lastSequence, samplesMax)), cancellation);

    public ValueTask<IReadOnlyList<DiscardRecord>> ListDiscardsAsync(AgentKey agent, CancellationToken cancellation) =>
        QueryAsync<IReadOnlyList<DiscardRecord>>(reader => RowReaders.Discards(reader.Database, agent), cancellation);

    public ValueTask<StoreTotals> ReadTotalsAsync(AgentKey? agent, CancellationToken cancellation) =>
        QueryAsync(reader => RowReaders.Totals(reader.Database, agent), cancellation);

    /// <summary>Folds the whole tail into chunks now. The background does it when enough has gathered.</summary>
    public Task FoldAsync(CancellationToken cancellation) => (_maintenance ?? throw NotOpenForWriting()).FoldAllAsync(cancellation);

    /// <summary>Deletes whole hours beyond the retention now. The background does it every hour.</summary>
    public Task EnforceRetentionAsync(CancellationToken cancellation) => (_maintenance ?? throw NotOpenForWriting()).EnforceRetentionAsync(cancellation);

    /// <summary>Makes the file full at so many pages; the seam for tests of a full disk.</summary>
    internal void LimitPages(int pages) => _writer!.Execute(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));

    public async ValueTask DisposeAsync()
    {
        if (_maintenance is not null)
        {
            await _maintenance.StopAsync();
        }

        await _writeGate.WaitAsync();
        _readers.Dispose();
        Close();
        _writeGate.Release();
    }

    private void Close()
    {
        _appender = null;
        _writer?.Dispose();
        _writer = null;
        _lock?.Dispose();
        _lock = null;
    }

    private void Open()
    {
        if (_options.ReadOnly)
        {
            ReaderPool.Reader reader = _readers.Take();
            SqliteSchema.Prepare(reader.Database, _options.Path, readOnly: true);
            _readers.Return(reader);
            return;
        }

        Directory.CreateDirectory(_options.Directory);
        _lock = TakeLock();
        SqliteDatabase writer = SqliteDatabase.Open(_options.Path, readOnly: false);
        _writer = writer;
        // A page of 8 KiB holds a live batch of 250 ms; 32 MB of cache hold the inner pages of all indexes of a year.
        writer.Execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY");
        writer.Execute(_options.FullSync ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        SqliteSchema.Prepare(writer, _options.Path, readOnly: false);
        var catalogue = new Catalogue(writer);
        _appender = new GroupAppender(writer, catalogue, _lastValues, _time);
        _maintenance = new StoreMaintenance(_options, writer, _writeGate, _readers, _lastValues, _time, _log);
        LoadLast(_lastValues, writer, catalogue, new TailReader());
        LogOpened(_log, _options.Path, _maintenance.TailReadings);
    }

    private FileStream TakeLock()
    {
        string path = Path.Combine(_options.Directory, "store.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException($"Another process writes the store in {_options.Directory} ({e.Message})", e);
        }
    }

    private static void LoadLast(LastValues into, SqliteDatabase database, Catalogue catalogue, TailReader tail)
    {
        into.Load(database);
        var provenance = Array.Empty<Provenance>();
        tail.Visit(database, catalogue, StoreMaintenance.FoldedUpTo(database), long.MaxValue, long.MinValue, long.MaxValue, (batch, map, _) =>
        {
            if (provenance.Length < map.DeviceIds.Length)
            {
                provenance = new Provenance[map.DeviceIds.Length];
            }

            map.ReadProvenance(batch.Accounts, provenance);
            into.Apply(map, batch.Readings, provenance);
        });
    }

    private List<SeriesPoint> ReadLast(ReaderPool.Reader reader, string? site)
    {
        LastValues values = _lastValues;
        if (_options.ReadOnly)
        {
            values = new LastValues();
            LoadLast(values, reader.Database, reader.Catalogue, reader.Tail);
        }

        var points = new List<SeriesPoint>();
        foreach ((int id, SeriesInfo info) in RowReaders.Series(reader.Database, site))
        {
            if (values.Find(id, info.Key) is { } point)
            {
                points.Add(point);
            }
        }

        return points;
    }

    private async ValueTask<T> QueryAsync<T>(Func<ReaderPool.Reader, T> query, CancellationToken cancellation) =>
        await Task.Run(() => Guarded(() =>
        {
            ReaderPool.Reader reader = _readers.Take();
            try
            {
                return reader.Database.InSnapshot(() => query(reader));
            }
            finally
            {
                _readers.Return(reader);
            }
        }), cancellation);

    private void Guarded(Action work) => Guarded(() =>
    {
        work();
        return true;
    });

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e) when (SqliteFailures.Translate(e, _options.Path) is { } translated)
        {
            throw translated;
        }
    }

    private InvalidOperationException NotOpenForWriting() => new($"The store {_options.Path} is not open for writing.");
}
