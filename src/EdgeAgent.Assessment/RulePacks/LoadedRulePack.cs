namespace EdgeAgent.Assessment.RulePacks;

/// <summary>A rule pack and the hash of the very bytes it was read from.</summary>
/// <param name="Sha256">Lower-case hexadecimal; covers the base of a pack that has one.</param>
public sealed record LoadedRulePack(RulePack Rules, string Sha256)
{
    /// <summary>What was set otherwise than in the file, with who, when and why; every result prints them.</summary>
    public IReadOnlyList<RuleOverride> Overrides { get; init; } = [];
}
