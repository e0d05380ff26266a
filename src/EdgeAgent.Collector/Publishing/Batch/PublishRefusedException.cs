namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>The broker refuses batches; the publisher waits and tries again.</summary>
internal sealed class PublishRefusedException(string problem) : Exception($"the broker does not take batches: {problem}");
