using EdgeAgent.Core.Model;
using Npgsql;

namespace EdgeAgent.Store.Postgres;

/// <summary>The store in PostgreSQL, with TimescaleDB where that is installed. README.md beside it tells the tables and what is promised.</summary>
public sealed class PostgresStore : ITimeSeriesStore
{
    private readonly PostgresOptions _options;
    private readonly TimeProvider _time;
    private readonly NpgsqlDataSource _source;
    private readonly PostgresSchema _tables;
    private readonly PostgresAppender _appender;
    private readonly PostgresQueries _queries;
    private readonly PostgresRanges _ranges;
    private readonly PostgresOverview _overview;
    private readonly SemaphoreSlim _writeGate = new(1);
    private ITimer? _retention;
    private bool _ready;
    private int _retaining;

    public PostgresStore(PostgresOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _source = NpgsqlDataSource.Create(options.ConnectionString);
        _tables = new PostgresSchema(_source, options);
        _appender = new PostgresAppender(_source, _tables, options, time);
        _queries = new PostgresQueries(_source, options.Schema);
        _ranges = new PostgresRanges(_queries, options.Schema);
        _overview = new PostgresOverview(_queries, options.Schema);
    }

    /// <summary>Whether TimescaleDB holds the readings.</summary>
    public bool IsHypertable => _tables.IsHypertable;

    public async ValueTask InitializeAsync(CancellationToken cancellation)
    {
        await _writeGate.WaitAsync(cancellation);
        try
        {
            if (!_ready)
            {
                await GuardedAsync(async () =>
                {
                    await _tables.PrepareAsync(cancellation);
                    return true;
                });
                _ready = true;
                if (!_options.ReadOnly && _options.RetentionMonths > 0)
                {
                    _retention = _time.CreateTimer(_ => _ = EnforceRetentionQuietlyAsync(), null, TimeSpan.FromMinutes(1), TimeSpan.FromHours(6));
                }
            }
        }
        finally
        {
            _writeGate.Release();
        }
    }

    public async ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellation)
    {
        if (_options.ReadOnly)
        {
            throw new InvalidOperationException($"The store in PostgreSQL at {Where} is not open for writing.");
        }

        await _writeGate.WaitAsync(cancellation);
        try
        {
            // On the pool: COPY writes synchronously, and ingest's loop must not wait for it.
            return await GuardedAsync(() => Task.Run(() => _appender.AppendAsync(batches, cancellation), cancellation));
        }
        finally
        {
            _writeGate.Release();
        }
    }

    public async ValueTask<PlantDefinition?> FindDefinitionAsync(AgentKey agent, ReadOnlyMemory<byte> configHash, CancellationToken cancellation) =>
        await GuardedAsync(() => _queries.FindDefinitionAsync(agent, configHash, cancellation));

    public async ValueTask<SequenceRecord> ReadSequencesAsync(AgentKey agent, Guid incarnation, CancellationToken cancellation) =>
        await GuardedAsync(() => _queries.SequencesAsync(agent, incarnation, cancellation));

    public async ValueTask<IReadOnlyList<Guid>> ListIncarnationsAsync(AgentKey agent, CancellationToken cancellation) =>
        await GuardedAsync(() => _queries.IncarnationsAsync(agent, cancellation));

    public async ValueTask<byte[]?> FindBatchHashAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        await GuardedAsync(() => _queries.BatchColumnAsync("hash", agent, incarnation, sequence, cancellation));

    public async ValueTask<byte[]?> ReadBatchAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        await GuardedAsync(() => _queries.BatchColumnAsync("signed", agent, incarnation, sequence, cancellation));

    public async ValueTask<IReadOnlyList<AgentKey>> ListAgentsAsync(CancellationToken cancellation) =>
        await GuardedAsync(() => _queries.AgentsAsync(cancellation));

    public async ValueTask<IReadOnlyList<SeriesInfo>> ListSeriesAsync(string? site, CancellationToken cancellation) =>
        await GuardedAsync(() => _queries.SeriesAsync(site, cancellation));

    public async ValueTask<IReadOnlyList<SeriesPoint>> ReadLastAsync(string? site, CancellationToken cancellation) =>
        await GuardedAsync(() => _queries.LastAsync(site, cancellation));

    public async ValueTask<IReadOnlyList<RangePoint>> ReadRangeAsync(SeriesKey series, long fromTicks, long toTicks, int pointsMax, CancellationToken cancellation) =>
        await GuardedAsync(async () => toTicks > fromTicks && await _queries.SeriesIdAsync(series, cancellation) is { } id
            ? await _ranges.ReadAsync(id, fromTicks, toTicks, pointsMax, cancellation)
            : []);

    public async ValueTask<IReadOnlyList<DeviceHour>> ReadDeviceHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) =>
        await GuardedAsync(() => _queries.DeviceHoursAsync(site, fromHour, toHour, cancellation));

    public async ValueTask<IReadOnlyList<DeviceSource>> ListDevicesAsync(string? site, CancellationToken cancellation) =>
        await GuardedAsync(() => _overview.DevicesAsync(site, cancellation));

    public async ValueTask VisitDeviceHoursAsync(string? site, int fromHour, int toHour, DeviceHourVisitor visitor, CancellationToken cancellation) =>
        await GuardedAsync(() => _overview.VisitAsync(site, fromHour, toHour, visitor, cancellation));

    public async ValueTask<IReadOnlyList<HourVersion>> ReadHourVersionsAsync(int fromHour, int toHour, CancellationToken cancellation) =>
        await GuardedAsync(() => _overview.HourVersionsAsync(fromHour, toHour, cancellation));

    public async ValueTask<IReadOnlyList<SeriesHour>> ReadSeriesHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) =>
        await GuardedAsync(() => _overview.SeriesHoursAsync(site, fromHour, toHour, cancellation));

    public async ValueTask<IReadOnlyList<BatchTimes>> ReadBatchTimesAsync(
        AgentKey agent, Guid incarnation, long firstSequence, long lastSequence, int samplesMax, CancellationToken cancellation) =>
        await GuardedAsync(() => _overview.BatchTimesAsync(agent, incarnation, SequenceStretches.Cut(firstSequence, lastSequence, samplesMax), cancellation));

    public async ValueTask<IReadOnlyList<DiscardRecord>> ListDiscardsAsync(AgentKey agent, CancellationToken cancellation) =>
        await GuardedAsync(() => _queries.DiscardsAsync(agent, cancellation));

    public async ValueTask<StoreTotals> ReadTotalsAsync(AgentKey? agent, CancellationToken cancellation) =>
        await GuardedAsync(() => _queries.TotalsAsync(agent, cancellation));

    /// <summary>Drops whole months beyond the retention now. The background does it every six hours.</summary>
    /// <returns>Tables dropped.</returns>
    public Task<int> EnforceRetentionAsync(CancellationToken cancellation) => GuardedAsync(() =>
        _tables.DropBeforeAsync((short)(PostgresTime.MonthOf(UnixTicks.Now(_time)) - _options.RetentionMonths), cancellation));

    public async ValueTask DisposeAsync()
    {
        if (_retention is not null)
        {
            await _retention.DisposeAsync();
        }

        await _source.DisposeAsync();
        _writeGate.Dispose();
    }

    private async Task EnforceRetentionQuietlyAsync()
    {
        // A turn that takes longer than the pause between turns is not overtaken by the next.
        if (Interlocked.Exchange(ref _retaining, 1) == 1)
        {
            return;
        }

        try
        {
            await EnforceRetentionAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is StoreUnavailableException or ObjectDisposedException)
        {
            // The next turn tries again; appending reports the outage.
        }
        finally
        {
            Volatile.Write(ref _retaining, 0);
        }
    }

    private async Task<T> GuardedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (PostgresException e)
        {
            throw new StoreUnavailableException($"PostgreSQL at {Where} refused: {e.MessageText} (SQLSTATE {e.SqlState}{(e.Hint is { } hint ? ", " + hint : "")})", e);
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException or IOException or TimeoutException)
        {
            throw new StoreUnavailableException($"PostgreSQL at {Where} cannot be reached: {e.Message}", e);
        }
    }

    private string Where
    {
        get
        {
            var builder = new NpgsqlConnectionStringBuilder(_options.ConnectionString);
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{builder.Host}:{builder.Port}, database {builder.Database}");
        }
    }
}
