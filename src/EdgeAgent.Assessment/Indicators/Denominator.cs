using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Rule R1: which assets of the ledger make up N at the report instant.</summary>
internal sealed class Denominator
{
    private readonly HashSet<AssetCategory> _categories;
    private readonly HashSet<AssetStatus> _counted;
    private readonly HashSet<AssetStatus> _strict;

    public Denominator(RulePack pack)
    {
        _categories = Parse(pack.CountedCategories, LedgerTerms.Categories);
        _counted = Parse(pack.CountedStatus, LedgerTerms.Statuses);
        _strict = Parse(pack.StrictStatus, LedgerTerms.Statuses);
    }

    /// <summary>Why the asset is not in N, or null when it is.</summary>
    public ReasonCode? Exclusion(LedgerEntry entry, DateTimeOffset asOf) =>
        !_categories.Contains(entry.Category) ? ReasonCode.ExcludedCategory
        : InService(entry, asOf) is { } reason ? reason
        : !_counted.Contains(entry.Status) ? ReasonCode.ExcludedStatus
        : null;

    /// <summary>Whether the asset is in the strict denominator, which includes what is only out of use.</summary>
    public bool IsStrict(LedgerEntry entry, DateTimeOffset asOf) =>
        _categories.Contains(entry.Category) && InService(entry, asOf) is null && _strict.Contains(entry.Status);

    /// <summary>An asset is in from the midnight that begins its first day to the midnight that begins its retire date.</summary>
    private static ReasonCode? InService(LedgerEntry entry, DateTimeOffset asOf) =>
        ShanghaiTime.StartOf(entry.CommissionDate) > asOf ? ReasonCode.NotCommissioned
        : entry.RetireDate is { } retired && ShanghaiTime.StartOf(retired) <= asOf ? ReasonCode.Retired
        : null;

    private static HashSet<T> Parse<T>(IReadOnlyList<string> words, Terms<T> terms)
        where T : struct, Enum => [.. words.Select(word => terms.TryParse(word, out T value) ? value : throw new ArgumentException($"'{word}' is not known."))];
}
