using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Tests.Ingest;

/// <summary>A store whose faults a test switches on: down, hanging, or failing on one batch.</summary>
internal sealed class FaultyStore(ITimeSeriesStore inner) : ITimeSeriesStore
{
    private TaskCompletionSource _open = Opened();

    /// <summary>Every call throws as if the store were down.</summary>
    public volatile bool IsDown;

    /// <summary>Appends that hold this sequence fail with a fault that is not the store being down.</summary>
    public long PoisonSequence { get; set; }

    public int Appends { get; private set; }

    /// <summary>Set at the first append that meets a fault.</summary>
    public TaskCompletionSource FaultMet { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From here on appends wait.</summary>
    public void Hang() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => _open.TrySetResult();

    public ValueTask InitializeAsync(CancellationToken cancellation) => Up(inner.InitializeAsync, cancellation);

    public async ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellation)
    {
        if (!_open.Task.IsCompleted)
        {
            FaultMet.TrySetResult();
        }

        await _open.Task.WaitAsync(cancellation);
        ThrowIfDown();
        if (batches.Any(b => b.Sequence == PoisonSequence))
        {
            throw new InvalidOperationException("poisoned");
        }

        Appends++;
        return await inner.AppendAsync(batches, cancellation);
    }

    public ValueTask<PlantDefinition?> FindDefinitionAsync(AgentKey agent, ReadOnlyMemory<byte> configHash, CancellationToken cancellation)
    {
        ThrowIfDown();
        return inner.FindDefinitionAsync(agent, configHash, cancellation);
    }

    public ValueTask<SequenceRecord> ReadSequencesAsync(AgentKey agent, Guid incarnation, CancellationToken cancellation)
    {
        ThrowIfDown();
        return inner.ReadSequencesAsync(agent, incarnation, cancellation);
    }

    public ValueTask<byte[]?> FindBatchHashAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation)
    {
        ThrowIfDown();
        return inner.FindBatchHashAsync(agent, incarnation, sequence, cancellation);
    }

    public ValueTask<IReadOnlyList<Guid>> ListIncarnationsAsync(AgentKey agent, CancellationToken cancellation) => inner.ListIncarnationsAsync(agent, cancellation);

    public ValueTask<byte[]?> ReadBatchAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        inner.ReadBatchAsync(agent, incarnation, sequence, cancellation);

    public ValueTask<IReadOnlyList<AgentKey>> ListAgentsAsync(CancellationToken cancellation) => inner.ListAgentsAsync(cancellation);

    public ValueTask<IReadOnlyList<SeriesInfo>> ListSeriesAsync(string? site, CancellationToken cancellation) => inner.ListSeriesAsync(site, cancellation);

    public ValueTask<IReadOnlyList<DeviceSource>> ListDevicesAsync(string? site, CancellationToken cancellation) => inner.ListDevicesAsync(site, cancellation);

    public ValueTask<IReadOnlyList<SeriesPoint>> ReadLastAsync(string? site, CancellationToken cancellation) => inner.ReadLastAsync(site, cancellation);

    public ValueTask<IReadOnlyList<RangePoint>> ReadRangeAsync(SeriesKey series, long fromTicks, long toTicks, int pointsMax, CancellationToken cancellation) =>
        inner.ReadRangeAsync(series, fromTicks, toTicks, pointsMax, cancellation);

    public ValueTask<IReadOnlyList<DeviceHour>> ReadDeviceHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) =>
        inner.ReadDeviceHoursAsync(site, fromHour, toHour, cancellation);

    public ValueTask VisitDeviceHoursAsync(string? site, int fromHour, int toHour, DeviceHourVisitor visitor, CancellationToken cancellation) =>
        inner.VisitDeviceHoursAsync(site, fromHour, toHour, visitor, cancellation);

    public ValueTask<IReadOnlyList<HourVersion>> ReadHourVersionsAsync(int fromHour, int toHour, CancellationToken cancellation) =>
        inner.ReadHourVersionsAsync(fromHour, toHour, cancellation);

    public ValueTask<IReadOnlyList<SeriesHour>> ReadSeriesHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) =>
        inner.ReadSeriesHoursAsync(site, fromHour, toHour, cancellation);

    public ValueTask<IReadOnlyList<BatchTimes>> ReadBatchTimesAsync(
        AgentKey agent, Guid incarnation, long firstSequence, long lastSequence, int samplesMax, CancellationToken cancellation) =>
        inner.ReadBatchTimesAsync(agent, incarnation, firstSequence, lastSequence, samplesMax, cancellation);

    public ValueTask<IReadOnlyList<DiscardRecord>> ListDiscardsAsync(AgentKey agent, CancellationToken cancellation) => inner.ListDiscardsAsync(agent, cancellation);

    public ValueTask<StoreTotals> ReadTotalsAsync(AgentKey? agent, CancellationToken cancellation) => inner.ReadTotalsAsync(agent, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    private async ValueTask Up(Func<CancellationToken, ValueTask> call, CancellationToken cancellation)
    {
        ThrowIfDown();
        await call(cancellation);
    }

    private void ThrowIfDown()
    {
        if (IsDown)
        {
            FaultMet.TrySetResult();
            throw new StoreUnavailableException("switched off by the test");
        }
    }
}
