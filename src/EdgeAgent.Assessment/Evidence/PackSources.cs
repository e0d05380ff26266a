using EdgeAgent.Assessment.Indicators;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>What the store does not know and a pack must hold, as bytes of the files themselves.</summary>
/// <param name="Window">A length other than the rule pack's, or null.</param>
/// <param name="Ledger">The device ledger as of T, CSV.</param>
/// <param name="RulePack">The rule pack.</param>
/// <param name="Agents">Keys of the agents that the hub enrolled.</param>
/// <param name="Previous">SHA-256 of the manifest of the pack before, or null.</param>
/// <param name="Others">Further files by path: challenge log, ledger history, answers, screenshots.</param>
public sealed record PackSources(
    string Site,
    DateTimeOffset AsOf,
    WindowLength? Window,
    byte[] Ledger,
    byte[] RulePack,
    IReadOnlyList<PackAgent> Agents,
    string? Previous,
    string Program,
    IReadOnlyList<KeyValuePair<string, byte[]>> Others);
