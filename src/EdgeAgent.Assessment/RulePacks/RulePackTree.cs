namespace EdgeAgent.Assessment.RulePacks;

/// <summary>A first-level indicator (一级指标) with its weight in percent of the whole.</summary>
public sealed record RulePackDimension(string Name, decimal Weight, IReadOnlyList<RulePackGroup> Groups);

/// <summary>A second-level indicator (二级指标) with its weight in percent of its dimension.</summary>
public sealed record RulePackGroup(string Name, decimal Weight, IReadOnlyList<RulePackEntry> Entries);

/// <summary>A collected entry (采集项) with its weight in percent of its group, and the item that asks for it.</summary>
public sealed record RulePackEntry(string Name, decimal Weight, int Item);
