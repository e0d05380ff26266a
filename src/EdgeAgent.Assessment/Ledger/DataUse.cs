namespace EdgeAgent.Assessment.Ledger;

/// <summary>What the data of a device is collected for and who uses it (用途, 使用单位), for the catalogue of collected data.</summary>
/// <param name="Device">Device of the agent; empty for all of them.</param>
public sealed record DataUse(string Agent, string Device, string Purpose, string Users);
