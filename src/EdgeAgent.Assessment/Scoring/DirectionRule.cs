using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>Rule R13: whether a figure went up, stayed or went down between two periods, with the pack's tolerance.</summary>
internal static class DirectionRule
{
    public const string Up = "增加";
    public const string Same = "持平";
    public const string Down = "降低";

    /// <summary>Figures by which a before and an after are divided, where the item asks for them.</summary>
    private static readonly string[] Divisors = ["revenue", "staff"];

    /// <summary>Whether the item is one of these: its options are the three directions.</summary>
    public static bool AppliesTo(RulePackQuestion item) =>
        item.Type == QuestionType.Single && item.Find(Up) is not null && item.Find(Same) is not null && item.Find(Down) is not null;

    /// <summary>The direction, or null with what is wrong when the figures do not give one.</summary>
    public static (string? Option, string? Value, BilingualText? Problem) Of(RulePackQuestion item, IReadOnlyDictionary<string, decimal> numbers, decimal tolerance)
    {
        string[] missing = [.. item.Numbers.Where(n => !numbers.ContainsKey(n.Key)).Select(n => n.Label)];
        if (missing.Length > 0)
        {
            return (null, null, missing.Length == item.Numbers.Count ? null
                : new BilingualText($"缺少数据：{string.Join("、", missing)}", $"figures are missing: {string.Join("、", missing)}"));
        }

        if (Ratio(numbers, "After") is not { } after || Ratio(numbers, "Before") is not { } before)
        {
            return (null, null, new BilingualText("不可计算：除数为 0", "不可计算: a divisor is 0"));
        }

        if (before == 0)
        {
            return (null, null, new BilingualText("不可计算：前期数值为 0", "不可计算: the earlier figure is 0"));
        }

        decimal change = (after - before) / before;
        string option = Math.Abs(change) <= tolerance ? Same : change > 0 ? Up : Down;
        return (option, $"{change * 100:+0.00;-0.00;0.00}%", null);
    }

    /// <summary>What is compared: a figure, a figure per revenue, or revenue per head, whichever the item's figures make up.</summary>
    private static decimal? Ratio(IReadOnlyDictionary<string, decimal> numbers, string period)
    {
        decimal? plain = Find(numbers, period.ToLowerInvariant());
        decimal?[] divisors = [.. Divisors.Select(d => Find(numbers, d + period))];
        (decimal? dividend, decimal? divisor) = plain is not null ? (plain, divisors[0]) : (divisors[0], divisors[1]);
        return dividend is null ? null : divisor is null ? dividend : divisor == 0 ? null : dividend / divisor;
    }

    private static decimal? Find(IReadOnlyDictionary<string, decimal> numbers, string key) => numbers.TryGetValue(key, out decimal value) ? value : null;
}
