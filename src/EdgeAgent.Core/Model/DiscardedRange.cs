namespace EdgeAgent.Core.Model;

/// <summary>Batches that an agent's buffer gave up, declared by the agent in a later batch of the same chain.</summary>
/// <param name="FirstSequence">First sequence given up.</param>
/// <param name="LastSequence">Last sequence given up, inclusive.</param>
/// <param name="Reason">Why, for instance <c>size-cap</c>, <c>age-cap</c> or <c>damaged</c>.</param>
/// <param name="Readings">Readings lost with them.</param>
/// <param name="FirstTicks">Oldest source time lost.</param>
/// <param name="LastTicks">Newest source time lost.</param>
/// <param name="Accounts">What was due in them, one row for each device, UTC hour and provenance, so that an hour of which half was lost
/// counts as half missed. Empty when the readings were never counted by this chain.</param>
public sealed record DiscardedRange(
    long FirstSequence,
    long LastSequence,
    string Reason,
    long Readings,
    long FirstTicks,
    long LastTicks,
    IReadOnlyList<DiscardedAccount> Accounts);
