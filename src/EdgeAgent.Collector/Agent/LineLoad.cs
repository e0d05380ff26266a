namespace EdgeAgent.Collector.Agent;

/// <summary>How much of a serial line's time the scan classes of its endpoint ask for.</summary>
/// <param name="Endpoint">The endpoint that owns the line.</param>
/// <param name="Line">The port and its settings.</param>
/// <param name="Utilisation">The part of each second in which frames, the silences between them and the devices' usual reply delays take the line; above 1 it cannot be done.</param>
public sealed record LineLoad(string Endpoint, string Line, double Utilisation);
