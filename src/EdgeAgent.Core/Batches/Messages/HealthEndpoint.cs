namespace EdgeAgent.Core.Batches;

/// <summary>How one connection to devices stands.</summary>
/// <param name="Line">The serial line below, port and settings; null where there is none.</param>
/// <param name="Utilisation">The busy part of that line; null where there is none or in the first seconds.</param>
/// <param name="Problem">Why it is down; null when it is up.</param>
public sealed record HealthEndpoint(string Name, string Driver, bool Connected, string? Line = null, double? Utilisation = null, string? Problem = null);
