using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Tests;

/// <summary>A store that holds nothing but hourly accounts, in the order in which a test put them there.</summary>
internal sealed class AccountStore : ITimeSeriesStore
{
    public List<DeviceHour> Rows { get; } = [];

    public ValueTask<IReadOnlyList<DeviceHour>> ReadDeviceHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<DeviceHour>>(
            [.. Rows.Where(r => (site is null || r.Agent.Site == site) && r.Account.Hour >= fromHour && r.Account.Hour < toHour)]);

    public ValueTask InitializeAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<PlantDefinition?> FindDefinitionAsync(AgentKey agent, ReadOnlyMemory<byte> configHash, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<SequenceRecord> ReadSequencesAsync(AgentKey agent, Guid incarnation, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Guid>> ListIncarnationsAsync(AgentKey agent, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<byte[]?> FindBatchHashAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<AgentKey>> ListAgentsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<SeriesInfo>> ListSeriesAsync(string? site, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<SeriesPoint>> ReadLastAsync(string? site, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<RangePoint>> ReadRangeAsync(SeriesKey series, long fromTicks, long toTicks, int pointsMax, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<StoreTotals> ReadTotalsAsync(AgentKey? agent, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
