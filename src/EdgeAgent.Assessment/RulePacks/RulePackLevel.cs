namespace EdgeAgent.Assessment.RulePacks;

/// <summary>What a level (一级 … 四级) takes: a score and enough scenes at that level, or above it.</summary>
/// <param name="Score">Least total, inclusive; never a rounded one.</param>
/// <param name="Scenes">Least number of scenes at this level or above.</param>
/// <param name="Constrained">Least number of 约束性 ones among them.</param>
public sealed record RulePackLevel(int Level, string Name, decimal Score, int Scenes, int Constrained);
