namespace EdgeAgent.Collector.Buffer;

/// <summary>Another agent works on the same buffer directory.</summary>
public sealed class BufferInUseException(string directory, Exception inner)
    : Exception($"The buffer directory {directory} is in use by another agent. Stop it, or give this one another dataDirectory.", inner);
