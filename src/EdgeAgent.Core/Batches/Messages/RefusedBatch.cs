namespace EdgeAgent.Core.Batches;

/// <summary>A batch that the hub will never store, and why.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Reason">For people: what is wrong with it.</param>
public readonly record struct RefusedBatch(long Sequence, string Reason);
