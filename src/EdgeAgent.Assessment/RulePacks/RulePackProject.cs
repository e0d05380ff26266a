namespace EdgeAgent.Assessment.RulePacks;

/// <summary>What a city asks of a project before anything is measured.</summary>
/// <param name="From">First day of the accounting period (核算期): contracts and invoices must not be older.</param>
/// <param name="To">Last day; null: the day of the application.</param>
/// <param name="Industries">所属细分行业 to choose from; empty: any.</param>
/// <param name="QualityClasses">优质中小企业情况 to choose from; empty: any.</param>
/// <param name="Materials">申报材料, in the order of the guide.</param>
public sealed record RulePackProject(
    DateOnly? From, DateOnly? To, IReadOnlyList<string> Industries, IReadOnlyList<string> QualityClasses, IReadOnlyList<string> Materials);
