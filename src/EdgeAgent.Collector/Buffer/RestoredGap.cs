using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Buffer;

/// <summary>What was due from the end of a backup's accounts on: the hub has part of it already, and which part only the hub knows.</summary>
/// <param name="UntilTicks">Up to when the rows count; the agent's own accounts go on from here.</param>
/// <param name="Accounts">What was due, by device and hour; null when there are too many rows for one declaration.</param>
public sealed record RestoredGap(long UntilTicks, IReadOnlyList<DiscardedAccount>? Accounts);
