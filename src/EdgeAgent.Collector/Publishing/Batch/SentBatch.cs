namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>A batch that was sent and is not confirmed yet.</summary>
internal readonly record struct SentBatch(long Sequence, int SizeBytes);
