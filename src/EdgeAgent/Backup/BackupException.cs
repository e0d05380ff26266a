namespace EdgeAgent.Backup;

/// <summary>A backup cannot be made or put back, for a reason that a person can act on.</summary>
internal sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
