using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Hosting;

/// <summary>The store as the hub's parts share it: counts, for each reading committed, how long ago it was taken, and tells whoever asks
/// before it is open that it is being opened, for half of its tables, or none, are no fault of who asks.</summary>
/// <param name="stored">Told of each batch that was new, before its owner takes it back.</param>
internal sealed class HubStore(ITimeSeriesStore inner, TimeProvider time, Action<StoredBatch>? stored = null) : ITimeSeriesStore
{
    private static readonly TimeSpan LagsKept = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly LagHistogram _lags = new();
    private readonly LagHistogram _lagsBefore = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _whyNotOpen;
    private long _newestTicks;
    private long _lagsSince = time.GetTimestamp();

    /// <summary>Sees each batch right after its commit; to be set before the first. It must be quick and must not keep the batch.</summary>
    public Action<StoredBatch>? Committed { get; set; }

    /// <summary>Completes when the store is open, so that it can be asked.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Completes when the first reading since this start is committed.</summary>
    public Task FirstStored => _first.Task;

    /// <summary>Source time of the newest reading committed since this start, or null before the first.</summary>
    public long? NewestTicks => Volatile.Read(ref _newestTicks) is var ticks and not 0 ? ticks : null;

    /// <exception cref="StoreUnavailableException">It is not open yet.</exception>
    private ITimeSeriesStore Asked => _opened.Task.IsCompleted
        ? inner
        : throw new StoreUnavailableException(_whyNotOpen ?? "The store is being opened; ask again in a moment.");

    /// <summary>Read-to-store lags of the last 30 to 60 s; NaN when nothing was stored.</summary>
    public (double P50Ms, double P99Ms) ReadLags()
    {
        LagHistogram both = new();
        lock (_gate)
        {
            Rotate();
            both.AddAll(_lagsBefore);
            both.AddAll(_lags);
        }

        return (both.QuantileMs(0.5), both.QuantileMs(0.99));
    }

    public async ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellation)
    {
        IReadOnlyList<AppendOutcome> outcomes = await inner.AppendAsync(batches, cancellation);
        Measure(batches, outcomes);
        if (Committed is { } committed)
        {
            for (int i = 0; i < batches.Count; i++)
            {
                if (outcomes[i] == AppendOutcome.Stored)
                {
                    committed(batches[i]);
                }
            }
        }

        return outcomes;
    }

    public async ValueTask InitializeAsync(CancellationToken cancellation)
    {
        try
        {
            await inner.InitializeAsync(cancellation);
        }
        catch (StoreUnavailableException e)
        {
            _whyNotOpen = e.Message;
            throw;
        }

        _opened.TrySetResult();
    }

    public ValueTask<PlantDefinition?> FindDefinitionAsync(AgentKey agent, ReadOnlyMemory<byte> configHash, CancellationToken cancellation) =>
        Asked.FindDefinitionAsync(agent, configHash, cancellation);

    public ValueTask<SequenceRecord> ReadSequencesAsync(AgentKey agent, Guid incarnation, CancellationToken cancellation) =>
        Asked.ReadSequencesAsync(agent, incarnation, cancellation);

    public ValueTask<IReadOnlyList<Guid>> ListIncarnationsAsync(AgentKey agent, CancellationToken cancellation) =>
        Asked.ListIncarnationsAsync(agent, cancellation);

    public ValueTask<byte[]?> FindBatchHashAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        Asked.FindBatchHashAsync(agent, incarnation, sequence, cancellation);

    public ValueTask<byte[]?> ReadBatchAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        Asked.ReadBatchAsync(agent, incarnation, sequence, cancellation);

    public ValueTask<IReadOnlyList<AgentKey>> ListAgentsAsync(CancellationToken cancellation) => Asked.ListAgentsAsync(cancellation);

    public ValueTask<IReadOnlyList<SeriesInfo>> ListSeriesAsync(string? site, CancellationToken cancellation) => Asked.ListSeriesAsync(site, cancellation);

    public ValueTask<IReadOnlyList<DeviceSource>> ListDevicesAsync(string? site, CancellationToken cancellation) => Asked.ListDevicesAsync(site, cancellation);

    public ValueTask<IReadOnlyList<SeriesPoint>> ReadLastAsync(string? site, CancellationToken cancellation) => Asked.ReadLastAsync(site, cancellation);

    public ValueTask<IReadOnlyList<RangePoint>> ReadRangeAsync(SeriesKey series, long fromTicks, long toTicks, int pointsMax, CancellationToken cancellation) =>
        Asked.ReadRangeAsync(series, fromTicks, toTicks, pointsMax, cancellation);

    public ValueTask<IReadOnlyList<DeviceHour>> ReadDeviceHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) =>
        Asked.ReadDeviceHoursAsync(site, fromHour, toHour, cancellation);

    public ValueTask VisitDeviceHoursAsync(string? site, int fromHour, int toHour, DeviceHourVisitor visitor, CancellationToken cancellation) =>
        Asked.VisitDeviceHoursAsync(site, fromHour, toHour, visitor, cancellation);

    public ValueTask<IReadOnlyList<HourVersion>> ReadHourVersionsAsync(int fromHour, int toHour, CancellationToken cancellation) =>
        Asked.ReadHourVersionsAsync(fromHour, toHour, cancellation);

    public ValueTask<IReadOnlyList<SeriesHour>> ReadSeriesHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) =>
        Asked.ReadSeriesHoursAsync(site, fromHour, toHour, cancellation);

    public ValueTask<IReadOnlyList<BatchTimes>> ReadBatchTimesAsync(
        AgentKey agent, Guid incarnation, long firstSequence, long lastSequence, int samplesMax, CancellationToken cancellation) =>
        Asked.ReadBatchTimesAsync(agent, incarnation, firstSequence, lastSequence, samplesMax, cancellation);

    public ValueTask<IReadOnlyList<DiscardRecord>> ListDiscardsAsync(AgentKey agent, CancellationToken cancellation) =>
        Asked.ListDiscardsAsync(agent, cancellation);

    public ValueTask<StoreTotals> ReadTotalsAsync(AgentKey? agent, CancellationToken cancellation) => Asked.ReadTotalsAsync(agent, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private void Measure(IReadOnlyList<StoredBatch> batches, IReadOnlyList<AppendOutcome> outcomes)
    {
        long now = UnixTicks.Now(time);
        long newest = 0;
        lock (_gate)
        {
            Rotate();
            for (int i = 0; i < batches.Count; i++)
            {
                if (outcomes[i] == AppendOutcome.Stored)
                {
                    newest = Math.Max(newest, MeasureBatch(batches[i].Readings.Readings, now));
                    stored?.Invoke(batches[i]);
                }
            }
        }

        if (newest > 0)
        {
            Volatile.Write(ref _newestTicks, Math.Max(_newestTicks, newest));
            _first.TrySetResult();
        }
    }

    private void Rotate()
    {
        TimeSpan age = time.GetElapsedTime(_lagsSince);
        if (age < LagsKept)
        {
            return;
        }

        _lagsBefore.Clear();
        if (age < 2 * LagsKept)
        {
            _lagsBefore.AddAll(_lags);
        }

        _lags.Clear();
        _lagsSince = time.GetTimestamp();
    }

    /// <remarks>The readings of one scan share their source time: they are counted in one go.</remarks>
    private long MeasureBatch(ReadOnlySpan<Reading> readings, long now)
    {
        long newest = 0;
        for (int start = 0; start < readings.Length;)
        {
            long ticks = readings[start].SourceTicks;
            int end = start + 1;
            while (end < readings.Length && readings[end].SourceTicks == ticks)
            {
                end++;
            }

            _lags.Add((double)(now - ticks) / UnixTicks.PerMillisecond, end - start);
            newest = Math.Max(newest, ticks);
            start = end;
        }

        return newest;
    }
}
