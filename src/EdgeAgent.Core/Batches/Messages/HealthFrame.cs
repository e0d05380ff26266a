namespace EdgeAgent.Core.Batches;

/// <summary>Bytes that went over the wire to or from a device.</summary>
/// <param name="AtTicks">When.</param>
/// <param name="Sent">Whether the agent sent them; otherwise it received them.</param>
/// <param name="Hex">Hexadecimal; long frames are cut.</param>
/// <param name="Bytes">How many bytes there were.</param>
public sealed record HealthFrame(string Device, long AtTicks, bool Sent, string Hex, int Bytes);
