namespace EdgeAgent.Assessment.Evidence;

/// <summary>A pack cannot be made; says what is missing and what to try.</summary>
public sealed class PackExportException(string message) : Exception(message);
