using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Tests.Evidence;

/// <summary>A store in memory that keeps signed batches and adds up their accounts, as the real ones do.</summary>
internal sealed class BatchStore : ITimeSeriesStore
{
    private readonly SortedDictionary<(string Agent, Guid Incarnation, long Sequence), byte[]> _batches = [];
    private readonly Dictionary<string, PlantDefinition> _definitions = [];
    private readonly Dictionary<(string Agent, Guid Incarnation, long Sequence), byte[]> _hashes = [];

    public List<DeviceHour> Rows { get; } = [];

    public List<(Guid Incarnation, SequenceRange Range)> Discarded { get; } = [];

    public string Site { get; init; } = "plant";

    public void Put(string agent, Guid incarnation, in SealedBatch batch, PlantDefinition definition, IEnumerable<ScanAccount> accounts)
    {
        _batches[(agent, incarnation, batch.Sequence)] = batch.Signed.ToArray();
        _hashes[(agent, incarnation, batch.Sequence)] = batch.Hash.ToArray();
        _definitions[Convert.ToHexString(definition.ConfigHash.Span)] = definition;
        foreach (ScanAccount account in accounts)
        {
            DeviceDefinition device = definition.Devices[account.DeviceId];
            Rows.Add(new DeviceHour(new AgentKey(Site, agent), device.Name, device.Asset, device.Driver, device.Address, account));
        }
    }

    public void Remove(string agent, Guid incarnation, long sequence) => _batches.Remove((agent, incarnation, sequence));

    /// <summary>As if it had never come.</summary>
    public void Forget(string agent, Guid incarnation, long sequence)
    {
        _batches.Remove((agent, incarnation, sequence));
        _hashes.Remove((agent, incarnation, sequence));
    }

    public ValueTask InitializeAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask<PlantDefinition?> FindDefinitionAsync(AgentKey agent, ReadOnlyMemory<byte> configHash, CancellationToken cancellation) =>
        ValueTask.FromResult(_definitions.GetValueOrDefault(Convert.ToHexString(configHash.Span)));

    public ValueTask<SequenceRecord> ReadSequencesAsync(AgentKey agent, Guid incarnation, CancellationToken cancellation)
    {
        long contiguous = 0;
        while (_hashes.ContainsKey((agent.Agent, incarnation, contiguous + 1))
            || Discarded.Exists(d => d.Incarnation == incarnation && d.Range.First <= contiguous + 1 && d.Range.Last >= contiguous + 1))
        {
            contiguous++;
        }

        return ValueTask.FromResult(new SequenceRecord(contiguous, []));
    }

    public ValueTask<IReadOnlyList<Guid>> ListIncarnationsAsync(AgentKey agent, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<Guid>>([.. _hashes.Keys.Where(k => k.Agent == agent.Agent).Select(k => k.Incarnation).Distinct()]);

    public ValueTask<byte[]?> FindBatchHashAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        ValueTask.FromResult(_hashes.GetValueOrDefault((agent.Agent, incarnation, sequence)));

    public ValueTask<byte[]?> ReadBatchAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation) =>
        ValueTask.FromResult(_batches.GetValueOrDefault((agent.Agent, incarnation, sequence)));

    public ValueTask<IReadOnlyList<AgentKey>> ListAgentsAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<AgentKey>>([.. _hashes.Keys.Select(k => k.Agent).Distinct().Select(a => new AgentKey(Site, a))]);

    public ValueTask<IReadOnlyList<DeviceHour>> ReadDeviceHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<DeviceHour>>([.. Rows.Where(r => r.Account.Hour >= fromHour && r.Account.Hour < toHour)]);

    public ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<SeriesInfo>> ListSeriesAsync(string? site, CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<SeriesInfo>>([]);

    public ValueTask<IReadOnlyList<SeriesPoint>> ReadLastAsync(string? site, CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<SeriesPoint>>([]);

    public ValueTask<IReadOnlyList<RangePoint>> ReadRangeAsync(SeriesKey series, long fromTicks, long toTicks, int pointsMax, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<RangePoint>>([]);

    public ValueTask<IReadOnlyList<DiscardRecord>> ListDiscardsAsync(AgentKey agent, CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<DiscardRecord>>([]);

    public ValueTask<IReadOnlyList<DeviceSource>> ListDevicesAsync(string? site, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<DeviceSource>>([.. Rows.Select(r => new DeviceSource(r.Agent, r.Device, r.Asset, r.Driver, r.Address)).Distinct()]);

    public ValueTask VisitDeviceHoursAsync(string? site, int fromHour, int toHour, DeviceHourVisitor visitor, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<HourVersion>> ReadHourVersionsAsync(int fromHour, int toHour, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<SeriesHour>> ReadSeriesHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<SeriesHour>>([]);

    public ValueTask<IReadOnlyList<BatchTimes>> ReadBatchTimesAsync(
        AgentKey agent, Guid incarnation, long firstSequence, long lastSequence, int samplesMax, CancellationToken cancellation)
    {
        long stretch = Math.Max(1, (lastSequence - firstSequence + samplesMax) / samplesMax);
        return ValueTask.FromResult<IReadOnlyList<BatchTimes>>([.. _hashes.Keys
            .Where(key => key.Agent == agent.Agent && key.Incarnation == incarnation && key.Sequence >= firstSequence && key.Sequence <= lastSequence)
            .GroupBy(key => (key.Sequence - firstSequence) / stretch)
            .OrderBy(part => part.Key)
            .Select(part => new BatchTimes(part.Min(key => key.Sequence), 0, 0))]);
    }

    public ValueTask<StoreTotals> ReadTotalsAsync(AgentKey? agent, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
