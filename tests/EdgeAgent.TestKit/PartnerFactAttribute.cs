namespace EdgeAgent.TestKit;

/// <summary>A test that needs programs of others; skipped, with their names, where one is missing, and failing there when CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PartnerFactAttribute : FactAttribute
{
    public PartnerFactAttribute(params string[] partners) => Skip = PartnerRule.SkipReason(partners);
}

/// <summary>As <see cref="PartnerFactAttribute"/>, for a test with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PartnerTheoryAttribute : TheoryAttribute
{
    public PartnerTheoryAttribute(params string[] partners) => Skip = PartnerRule.SkipReason(partners);
}

internal static class PartnerRule
{
    public static string? SkipReason(string[] partners)
    {
        string[] missing = [.. partners.Where(p => !Partners.Has(p))];
        bool mustRun = Environment.GetEnvironmentVariable("CI") == "true";
        return missing.Length == 0 || mustRun ? null : "missing partner: " + string.Join(", ", missing);
    }
}
