using EdgeAgent.Core.Model;

namespace EdgeAgent.Store;

/// <summary>A time-series store behind the hub: the only thing that ingest writes to and that everything else reads from.</summary>
/// <remarks>Appending is idempotent twice over: a batch is known by (agent, incarnation, sequence), a reading by (series, source
/// timestamp). What a batch declares as given up counts as due and missed, each sequence once and only while it is not stored, in
/// whatever order batches and declarations come. All methods are safe for concurrent use. A store that is down throws <see cref="StoreUnavailableException"/>:
/// ingest waits and tries again, and nothing is acknowledged meanwhile.</remarks>
public interface ITimeSeriesStore : IAsyncDisposable
{
    /// <summary>Creates or checks what the store needs (tables, databases, retention). Called before anything else; a second call does nothing.</summary>
    ValueTask InitializeAsync(CancellationToken cancellation);

    /// <summary>Commits the batches durably, each whole or not at all. When this returns, every one of them may be acknowledged.</summary>
    /// <returns>For each batch, in order, whether it was new or had been stored before.</returns>
    /// <exception cref="StoreUnavailableException">Nothing is known about the batches; append them again.</exception>
    ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellation);

    /// <summary>The definition that an agent's batches name by hash, or null when it was never stored.</summary>
    ValueTask<PlantDefinition?> FindDefinitionAsync(AgentKey agent, ReadOnlyMemory<byte> configHash, CancellationToken cancellation);

    /// <summary>What is committed of one incarnation of an agent's buffer.</summary>
    ValueTask<SequenceRecord> ReadSequencesAsync(AgentKey agent, Guid incarnation, CancellationToken cancellation);

    /// <summary>Every incarnation from which the agent ever stored a batch.</summary>
    ValueTask<IReadOnlyList<Guid>> ListIncarnationsAsync(AgentKey agent, CancellationToken cancellation);

    /// <summary>SHA-256 of a committed batch's body, or null when that sequence is not committed.</summary>
    ValueTask<byte[]?> FindBatchHashAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation);

    /// <summary>A committed batch exactly as the agent signed it, or null when it is not committed or beyond the retention.</summary>
    ValueTask<byte[]?> ReadBatchAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation);

    /// <summary>Agents that ever stored a batch.</summary>
    ValueTask<IReadOnlyList<AgentKey>> ListAgentsAsync(CancellationToken cancellation);

    /// <summary>The series of a site, with device and tag names; null lists every site.</summary>
    ValueTask<IReadOnlyList<SeriesInfo>> ListSeriesAsync(string? site, CancellationToken cancellation);

    /// <summary>Every device that a definition of the site's agents ever named (null: all sites), whether or not it ever sent.</summary>
    ValueTask<IReadOnlyList<DeviceSource>> ListDevicesAsync(string? site, CancellationToken cancellation);

    /// <summary>The newest stored reading of each series of a site (null: all sites).</summary>
    ValueTask<IReadOnlyList<SeriesPoint>> ReadLastAsync(string? site, CancellationToken cancellation);

    /// <summary>Readings of one series with source time in [fromTicks, toTicks), ascending, one for each instant (of two with the
    /// same source time the later stored stays); down-sampled in the store to at most <paramref name="pointsMax"/> buckets, cut as
    /// <see cref="RangeBuckets"/> says, when there are more readings than that (0: every reading). Empty buckets are left out.</summary>
    ValueTask<IReadOnlyList<RangePoint>> ReadRangeAsync(SeriesKey series, long fromTicks, long toTicks, int pointsMax, CancellationToken cancellation);

    /// <summary>The scan accounts of a site, summed per device and UTC hour over [fromHour, toHour).</summary>
    ValueTask<IReadOnlyList<DeviceHour>> ReadDeviceHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation);

    /// <summary>The same accounts one by one and without a list, hour by hour ascending; for assessments of many devices over many days.</summary>
    /// <param name="visitor">Called on one thread at a time, not necessarily the caller's; must not call the store.</param>
    ValueTask VisitDeviceHoursAsync(string? site, int fromHour, int toHour, DeviceHourVisitor visitor, CancellationToken cancellation);

    /// <summary>For each hour of [fromHour, toHour) that has accounts of any site, ascending, a number that changes whenever an account of
    /// the hour does: as long as it is the same, what was read of the hour is still true. Numbers of two stores mean nothing to each other.</summary>
    ValueTask<IReadOnlyList<HourVersion>> ReadHourVersionsAsync(int fromHour, int toHour, CancellationToken cancellation);

    /// <summary>What the good readings of each series of a site (null: all sites) come to by UTC hour over [fromHour, toHour), for series of
    /// integers and floats only. A reading that was stored twice may count twice; hours without good numbers are left out.</summary>
    ValueTask<IReadOnlyList<SeriesHour>> ReadSeriesHoursAsync(string? site, int fromHour, int toHour, CancellationToken cancellation);

    /// <summary>When batches of a chain were made at the agent and stored here, for at most <paramref name="samplesMax"/> of the sequences
    /// [firstSequence, lastSequence]: the first committed one of each stretch of equal length, ascending.</summary>
    ValueTask<IReadOnlyList<BatchTimes>> ReadBatchTimesAsync(
        AgentKey agent, Guid incarnation, long firstSequence, long lastSequence, int samplesMax, CancellationToken cancellation);

    /// <summary>What an agent declared as given up by its buffer, in the order of declaration.</summary>
    ValueTask<IReadOnlyList<DiscardRecord>> ListDiscardsAsync(AgentKey agent, CancellationToken cancellation);

    /// <summary>Totals since the store was created, for the conservation law.</summary>
    ValueTask<StoreTotals> ReadTotalsAsync(AgentKey? agent, CancellationToken cancellation);
}
