using System.Globalization;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>Rule R14: total, level and the distance to the next one, in exact decimals.</summary>
internal static class LevelRule
{
    public const string NoLevel = "无等级";

    /// <summary>Items that collected data can prove.</summary>
    private const int CollectedItemsMax = 4;

    public static ScoreResult Score(RulePack pack, IReadOnlyList<ItemResult> items, IReadOnlyList<SceneResult> scenes)
    {
        decimal[] ofDimension = [.. pack.Dimensions.Select(d => items.Where(i => i.Dimension == d.Name).Sum(i => i.Points ?? 0))];
        decimal total = items.Sum(i => i.Points ?? 0);
        LevelResult[] levels = [.. pack.Levels.OrderBy(l => l.Level).Select(l => Reach(l, total, scenes))];
        LevelResult? reached = levels.LastOrDefault(l => l.Reached);
        LevelResult? next = levels.FirstOrDefault(l => l.Level > (reached?.Level ?? 0));
        bool complete = items.All(i => i.Points is not null && i.Source != AnswerSource.Missing && i.Problems.Count == 0)
            && scenes.All(s => s.Source != AnswerSource.Missing && s.Problems.Count == 0);
        return new ScoreResult(
            ofDimension.ElementAtOrDefault(0), ofDimension.ElementAtOrDefault(1), ofDimension.ElementAtOrDefault(2),
            items.Where(i => i.No <= CollectedItemsMax).Sum(i => i.Points ?? 0),
            total, Shown(total), reached?.Level ?? 0, reached?.Name ?? NoLevel, complete, levels,
            next is null ? null : new LevelDistance(
                next.Level, next.Name, Math.Max(0, next.ScoreNeeded - total), Math.Max(0, next.ScenesNeeded - next.Scenes), Math.Max(0, next.ConstrainedNeeded - next.Constrained)));
    }

    /// <summary>With two decimals, half up. Never compared with anything.</summary>
    public static string Shown(decimal points) => Math.Round(points, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);

    private static LevelResult Reach(RulePackLevel level, decimal total, IReadOnlyList<SceneResult> scenes)
    {
        SceneResult[] at = [.. scenes.Where(s => s.Level >= level.Level)];
        int constrained = at.Count(s => s.Constrained);
        return new LevelResult(
            level.Level, level.Name, level.Score, level.Scenes, level.Constrained, at.Length, constrained, [.. at.Select(s => s.Name)],
            total >= level.Score && at.Length >= level.Scenes && constrained >= level.Constrained);
    }
}
