namespace EdgeAgent.Assessment.RulePacks;

/// <summary>A rule pack cannot be used; names everything that is wrong with it.</summary>
public sealed class RulePackException(string name, IReadOnlyList<string> problems)
    : Exception($"Rule pack '{name}' cannot be used: {string.Join("; ", problems)}")
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
