namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>The buffer could not be read; the publisher waits and tries again.</summary>
internal sealed class BufferUnreadableException() : Exception("The buffer cannot be read now.");
