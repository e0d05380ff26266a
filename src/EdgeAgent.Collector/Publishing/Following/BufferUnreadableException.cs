namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>The buffer could not be read; the publisher waits and tries again.</summary>
internal sealed class BufferUnreadableException() : Exception("The buffer cannot be read now.");
