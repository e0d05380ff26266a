namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>The broker refuses messages; the publisher waits and tries again.</summary>
internal sealed class JsonRefusedException(string problem) : Exception(problem);
