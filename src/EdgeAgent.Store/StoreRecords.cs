using EdgeAgent.Core.Model;

namespace EdgeAgent.Store;

/// <summary>One agent of one site.</summary>
public readonly record struct AgentKey(string Site, string Agent);

/// <summary>One tag of one device, wherever its dense id has moved to.</summary>
public readonly record struct SeriesKey(string Site, string Agent, string Device, string Tag);

public sealed record SeriesInfo(SeriesKey Key, ValueKind Kind, string Unit, int IntervalMs, int DecimalPlaces);

/// <summary>A decoded, verified batch on its way into a store.</summary>
/// <remarks>Owned by ingest; a store may read it until <see cref="ITimeSeriesStore.AppendAsync"/> returns and not afterwards.</remarks>
/// <param name="Signed">The bytes exactly as the agent signed them, kept as evidence.</param>
/// <param name="Hash">SHA-256 of the batch's body.</param>
/// <param name="Definition">The definition that its ids refer to.</param>
/// <param name="NewDefinition">The definition that this very batch brings, or null.</param>
public sealed record StoredBatch(
    AgentKey Agent,
    Guid Incarnation,
    long Sequence,
    ReadOnlyMemory<byte> Signed,
    ReadOnlyMemory<byte> Hash,
    ReadOnlyMemory<byte> PreviousHash,
    long CreatedTicks,
    PlantDefinition Definition,
    PlantDefinition? NewDefinition,
    ReadingBatch Readings,
    IReadOnlyList<ScanAccount> Accounts,
    IReadOnlyList<DiscardedRange> Discarded);

public enum AppendOutcome
{
    Stored,
    /// <summary>The same batch was stored before: harmless, to be acknowledged again.</summary>
    Duplicate,
    /// <summary>Another batch with the same sequence and a different hash is stored: a fork or a forgery; never acknowledged.</summary>
    Conflict,
}

/// <summary>Which sequences of an incarnation are committed or declared discarded.</summary>
/// <param name="Contiguous">The highest sequence up to which (from 1) everything is committed or declared discarded; 0 when nothing is.</param>
/// <param name="Above">Committed or declared ranges above <paramref name="Contiguous"/>, ascending, disjoint and not adjacent.</param>
public sealed record SequenceRecord(long Contiguous, IReadOnlyList<SequenceRange> Above)
{
    public static SequenceRecord Empty { get; } = new(0, []);
}

/// <summary>A declared loss and where it was declared.</summary>
/// <param name="DeclaredIn">Sequence of the batch that declares it.</param>
public sealed record DiscardRecord(Guid Incarnation, long DeclaredIn, DiscardedRange Range);

/// <summary>A reading as a store gives it back; text and bytes are copied out.</summary>
public readonly record struct StoredValue(ValueKind Kind, ulong Bits, byte[]? Bytes);

public readonly record struct SeriesPoint(SeriesKey Series, long SourceTicks, Quality Quality, StoredValue Value, Provenance Provenance);

/// <summary>One reading (Count 1, Ticks its source time) or one bucket of a down-sampled range (Ticks its start). Min, Max and Mean are of good numeric readings and NaN without any.</summary>
public readonly record struct RangePoint(long Ticks, Quality WorstQuality, StoredValue Last, int Count, double Min, double Max, double Mean);

/// <summary>Scan accounts of one device in one hour, and when its good readings were.</summary>
/// <param name="Account">The sums; its DeviceId has no meaning here.</param>
public readonly record struct DeviceHour(AgentKey Agent, string Device, string Asset, string Driver, string Address, ScanAccount Account);

/// <summary>One device of one agent as the accounts know it: another address, driver or asset is another source.</summary>
public sealed record DeviceSource(AgentKey Agent, string Device, string Asset, string Driver, string Address);

/// <summary>Takes one account.</summary>
/// <param name="source">The same object for the same device throughout one call of the store.</param>
/// <param name="account">The sums; its DeviceId has no meaning here.</param>
public delegate void DeviceHourVisitor(DeviceSource source, in ScanAccount account);

/// <summary>A number that changes whenever an account of the hour does.</summary>
public readonly record struct HourVersion(int Hour, long Version);

/// <summary>What the good numbers of one series in one hour come to.</summary>
/// <param name="Count">Good readings with a number; at least 1.</param>
public readonly record struct SeriesHour(SeriesKey Series, int Hour, int Count, double Min, double Max, double Sum);

/// <summary>When a batch was made, by the agent's clock, and when it was stored, by the hub's.</summary>
public readonly record struct BatchTimes(long Sequence, long CreatedTicks, long StoredTicks);

/// <param name="Batches">Distinct batches stored.</param>
/// <param name="Readings">Readings stored, each once.</param>
/// <param name="DiscardedReadings">Readings declared as given up, but for those of batches that are stored all the same.</param>
/// <param name="Accounts">Of all stored batches, and what was due in those given up as missed; what it has buffered is <paramref name="Readings"/>.</param>
/// <param name="DuplicateBatches">Appends of a batch that had been stored before.</param>
public sealed record StoreTotals(long Batches, long Readings, long DuplicateBatches, long DiscardedReadings, ScanAccount Accounts);

/// <summary>The store cannot be reached or cannot write now; trying again later is right.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
