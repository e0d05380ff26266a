using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Commands.Bench.Evidence;

/// <summary>The plant's batches as a store that an export can read; it keeps nothing else, and takes nothing.</summary>
internal sealed class PackPlantStore(PackPlant plant) : ITimeSeriesStore
{
    public ValueTask InitializeAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellation) =>
        throw new NotSupportedException("This store is read only.");

    public ValueTask<PlantDefinition?> FindDefinitionAsync(AgentKey agent, ReadOnlyMemory<byte> configHash, CancellationToken cancellation) =>
        ValueTask.FromResult<PlantDefinition?>(plant.Definition);

    public ValueTask<SequenceRecord> ReadSequencesAsync(AgentKey agent, Guid incarnation, CancellationToken cancellation) =>
        ValueTask.FromResult(new SequenceRecord(plant.Batches, []));

    public ValueTask<IReadOnlyList<Guid>> ListIncarnationsAsync(AgentKey agent, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<Guid>>([PackPlant.Incarnation]);

    public ValueTask<byte[]?> FindBatchHashAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        ValueTask.FromResult<byte[]?>(null);

    public ValueTask<byte[]?> ReadBatchAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        ValueTask.FromResult(plant.Read(sequence));

    public ValueTask<IReadOnlyList<AgentKey>> ListAgentsAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<AgentKey>>([PackPlant.Agent]);

    public ValueTask<IReadOnlyList<SeriesInfo>> ListSeriesAsync(string? site, CancellationToken cancellation) => Nothing<SeriesInfo>();

    public ValueTask<IReadOnlyList<DeviceSource>> ListDevicesAsync(string? site, CancellationToken cancellation) => Nothing<DeviceSource>();

    public ValueTask<IReadOnlyList<SeriesPoint>> ReadLastAsync(string? site, CancellationToken cancellation) => Nothing<SeriesPoint>();

    public ValueTask<IReadOnlyList<RangePoint>> ReadRangeAsync(SeriesKey series, long fromTicks, long toTicks, int pointsMax, CancellationToken cancellation) =>
        Nothing<RangePoint>();

    public ValueTask<IReadOnlyList<DeviceHour>> ReadDeviceHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) => Nothing<DeviceHour>();

    public ValueTask VisitDeviceHoursAsync(string? site, int fromHour, int toHour, DeviceHourVisitor visitor, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask<IReadOnlyList<HourVersion>> ReadHourVersionsAsync(int fromHour, int toHour, CancellationToken cancellation) => Nothing<HourVersion>();

    public ValueTask<IReadOnlyList<SeriesHour>> ReadSeriesHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) => Nothing<SeriesHour>();

    public ValueTask<IReadOnlyList<BatchTimes>> ReadBatchTimesAsync(
        AgentKey agent, Guid incarnation, long firstSequence, long lastSequence, int samplesMax, CancellationToken cancellation) => Nothing<BatchTimes>();

    public ValueTask<IReadOnlyList<DiscardRecord>> ListDiscardsAsync(AgentKey agent, CancellationToken cancellation) => Nothing<DiscardRecord>();

    public ValueTask<StoreTotals> ReadTotalsAsync(AgentKey? agent, CancellationToken cancellation) => ValueTask.FromResult(new StoreTotals(plant.Batches, 0, 0, 0, default));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ValueTask<IReadOnlyList<T>> Nothing<T>() => ValueTask.FromResult<IReadOnlyList<T>>([]);
}
