namespace EdgeAgent.Collector.Agent;

/// <summary>How busy one serial line is.</summary>
/// <param name="Endpoint">The endpoint that owns it.</param>
/// <param name="Line">The port and its settings.</param>
/// <param name="BusySeconds">How long it was taken by requests, answers and waiting for them, since the endpoint was started.</param>
/// <param name="Utilisation">The busy part of the last while; null in the first seconds.</param>
public sealed record LineSnapshot(string Endpoint, string Line, double BusySeconds, double? Utilisation);
