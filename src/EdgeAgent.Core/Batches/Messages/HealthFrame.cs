namespace EdgeAgent.Core.Batches;

/// <summary>Bytes that went over the wire to or from a device.</summary>
/// <param name="AtTicks">When.</param>
/// <param name="Sent">Whether the agent sent them; otherwise it received them.</param>
/// <param name="Hex">Hexadecimal; long frames are cut.</param>
/// <param name="Bytes">How many bytes there were.</param>
public sealed record HealthFrame(string Device, long AtTicks, bool Sent, string Hex, int Bytes)
{
    /// <summary>Its start as text; null for what is no text.</summary>
    public string? Text { get; init; }

    /// <summary>What it says, in a few words; null when the driver does not know.</summary>
    public string? Meaning { get; init; }
}
