using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>What a city pays for which level, and which costs count.</summary>
/// <param name="Rates">By level.</param>
/// <param name="Kinds">Kinds of cost that count.</param>
/// <param name="Hardware">数据采集传输设备 that count, as the guide lists them.</param>
/// <param name="HardwareExcluded">What does not, as the guide lists it.</param>
/// <param name="ServiceMaxOfSoftware">Most that 实施服务 may come to, as a share of the software's amount; null: no limit.</param>
/// <param name="PrepaidMonthsMax">Most months of a subscription paid ahead that count.</param>
/// <param name="PrepaidUntil">Last day up to which a subscription counts.</param>
public sealed record RulePackSubsidy(
    IReadOnlyList<RulePackSubsidyRate> Rates,
    IReadOnlyList<CostKind> Kinds,
    IReadOnlyList<string> Hardware,
    IReadOnlyList<string> HardwareExcluded,
    decimal? ServiceMaxOfSoftware,
    int? PrepaidMonthsMax,
    DateOnly? PrepaidUntil);

/// <summary>What is paid for reaching a level.</summary>
/// <param name="Share">Of the settled costs, for instance 0.7.</param>
public sealed record RulePackSubsidyRate(int Level, decimal Share, decimal MaxYuan);
