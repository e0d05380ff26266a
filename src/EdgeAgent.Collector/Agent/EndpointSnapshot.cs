namespace EdgeAgent.Collector.Agent;

/// <summary>How one connection stands.</summary>
/// <param name="Problem">Why it is down; null when it is up.</param>
public sealed record EndpointSnapshot(string Name, string Driver, bool Connected, string? Problem);
