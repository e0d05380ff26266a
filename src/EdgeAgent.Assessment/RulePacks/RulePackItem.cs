namespace EdgeAgent.Assessment.RulePacks;

/// <summary>An item of the questionnaire whose option follows from a rate.</summary>
/// <param name="No">Its number in the questionnaire.</param>
/// <param name="Points">Points of the options, first to last; one more than there are bins.</param>
public sealed record RulePackItem(int No, string Title, IReadOnlyList<decimal> Points);
