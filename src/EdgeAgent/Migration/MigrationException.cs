namespace EdgeAgent.Migration;

/// <summary>The file is not what it was taken for, or is broken; the message says where.</summary>
internal sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);
