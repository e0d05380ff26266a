namespace EdgeAgent.Assessment.RulePacks;

/// <summary>A rule pack and the hash of the very bytes it was read from.</summary>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record LoadedRulePack(RulePack Rules, string Sha256);
