using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>The 16 business scenes: levels typed with evidence, beside them what collected data would support.</summary>
internal static class SceneRule
{
    private const int LevelMax = 4;

    /// <summary>Words of a level's text that collected data can answer to, and words of demands that go beyond collecting.</summary>
    private static readonly string[] Collecting = ["采集", "监测", "报警", "OEE"];
    private static readonly string[] Beyond = ["模型", "闭环", "预测", "预防", "前沿", "知识库"];

    public static IReadOnlyList<SceneResult> Judge(RulePack pack, AnswerSheet answers, Func<string, SceneEvidence> evidenceOf) =>
        [.. pack.Scenes.Select((scene, i) => Judge(scene, i + 1, answers.FindScene(scene.Name), evidenceOf(scene.Name)))];

    private static SceneResult Judge(RulePackScene scene, int order, SceneLevel? typed, SceneEvidence collected)
    {
        List<BilingualText> problems = [];
        int level = typed?.Level ?? 0;
        if (level is < 0 or > LevelMax)
        {
            problems.Add(new BilingualText($"没有等级 {level}", $"level {level} does not exist"));
            level = 0;
        }

        if (level > 0 && typed!.Evidence.Count == 0)
        {
            problems.Add(new BilingualText("人工填报的等级至少需要一条佐证材料索引", "a typed level needs an entry of the evidence index"));
            level = 0;
        }

        return new SceneResult(
            order, scene.Name, scene.Constrained, level, typed is null ? AnswerSource.Missing : AnswerSource.Typed,
            scene.Signals.Count == 0 ? null : collected.IsCollected ? Supported(scene) : 0,
            collected.Facts, [.. typed?.Evidence.Select(ItemScorer.Describe) ?? []], problems);
    }

    private static int Supported(RulePackScene scene) => scene.Levels
        .Where(l => Collecting.Any(w => l.Text.Contains(w, StringComparison.Ordinal)) && !Beyond.Any(w => l.Text.Contains(w, StringComparison.Ordinal)))
        .Select(l => l.Level).DefaultIfEmpty(0).Max();
}
