using EdgeAgent.Assessment.Indicators;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>What the store does not know and a pack must hold, as bytes of the files themselves.</summary>
/// <param name="Window">A length other than the rule pack's, or null.</param>
/// <param name="Ledger">The device ledger: a CSV file, or the file of its events.</param>
/// <param name="LedgerIsEvents">Which of the two.</param>
/// <param name="RulePack">The rule pack.</param>
/// <param name="Agents">Keys of the agents that the hub enrolled.</param>
/// <param name="Previous">SHA-256 of the manifest of the pack before, or null.</param>
/// <param name="Others">Further files by path: challenge log, screenshots.</param>
public sealed record PackSources(
    string Site,
    DateTimeOffset AsOf,
    WindowLength? Window,
    byte[] Ledger,
    bool LedgerIsEvents,
    byte[] RulePack,
    IReadOnlyList<PackAgent> Agents,
    string? Previous,
    string Program,
    IReadOnlyList<KeyValuePair<string, byte[]>> Others)
{
    /// <summary>The 采集点表, CSV; null where there is none.</summary>
    public byte[]? Points { get; init; }

    /// <summary>The signed baseline; null where there is none.</summary>
    public byte[]? Baseline { get; init; }
}
