using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>The rules that a report was made by, every number of them, and the hash of the file they came from.</summary>
public sealed record ReportRulePack : RulePack
{
    [SetsRequiredMembers]
    public ReportRulePack(LoadedRulePack pack, WindowLength windowUsed, bool windowIsOverride)
        : base(pack.Rules)
    {
        Sha256 = pack.Sha256;
        Overrides = pack.Overrides;
        WindowUsed = windowUsed.ToString();
        WindowIsOverride = windowIsOverride;
    }

    public string Sha256 { get; }

    /// <summary>Members that were set otherwise for the site, with who, when and why.</summary>
    public IReadOnlyList<RuleOverride> Overrides { get; }

    /// <summary>The window's length, for instance <c>7d</c>.</summary>
    public string WindowUsed { get; }

    /// <summary>Whether it differs from the pack's.</summary>
    public bool WindowIsOverride { get; }
}
