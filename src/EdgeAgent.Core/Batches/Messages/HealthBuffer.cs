namespace EdgeAgent.Core.Batches;

/// <summary>What an agent's buffer holds and what became of everything it ever held: <c>buffered = acknowledged + pending + discarded</c>.</summary>
/// <param name="OldestTicks">When the oldest held batch was sealed; null when there is none.</param>
/// <param name="SizeBytes">Size on disk.</param>
/// <param name="Problem">Why it cannot be written; null when it can.</param>
public sealed record HealthBuffer(
    long Buffered,
    long Acknowledged,
    long Pending,
    long Discarded,
    long PendingBatches,
    long? OldestTicks,
    long SizeBytes,
    string? Problem = null);
