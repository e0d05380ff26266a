using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Tests.Scoring;

/// <summary>Rule R14: exact decimals, no rounding before a level is decided.</summary>
public sealed class LevelRuleTests
{
    [Theory]
    [InlineData("19.99", 1, 10, 10, 0)]
    [InlineData("20", 1, 6, 3, 1)]
    [InlineData("20", 1, 6, 2, 0)]
    [InlineData("20", 1, 5, 3, 0)]
    [InlineData("39.99", 2, 16, 10, 1)]
    [InlineData("39.999999999", 2, 16, 10, 1)]
    [InlineData("40", 2, 6, 3, 2)]
    [InlineData("40", 2, 6, 2, 0)]
    [InlineData("59.99", 4, 16, 10, 2)]
    [InlineData("60", 3, 8, 5, 3)]
    [InlineData("60", 3, 7, 5, 2)]
    [InlineData("60", 3, 8, 4, 2)]
    [InlineData("79.99", 4, 16, 10, 3)]
    [InlineData("80", 4, 10, 6, 4)]
    [InlineData("80", 4, 9, 6, 3)]
    [InlineData("80", 4, 10, 5, 3)]
    [InlineData("100", 4, 16, 10, 4)]
    [InlineData("100", 1, 16, 10, 1)]
    public void Score_and_scenes_decide_together(string total, int sceneLevel, int scenes, int constrained, int level)
    {
        ScoreResult score = LevelRule.Score(RulePackCatalog.Load("miit-2024").Rules, [Item(decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture))], [.. Enumerable.Range(0, 16).Select(i => Scene(i, i < constrained || (i >= 10 && i < 10 + scenes - constrained) ? sceneLevel : 0))]);
        Assert.Equal(level, score.Level);
        Assert.Equal(level == 0 ? "无等级" : score.Levels[level - 1].Name, score.LevelName);
        Assert.Equal(level == 4, score.Next is null);
        if (score.Next is { } next)
        {
            Assert.Equal(level + 1, next.Level);
            Assert.True(next.Score > 0 || next.Scenes > 0 || next.Constrained > 0);
        }
    }

    [Fact]
    public void The_total_is_shown_rounded_and_compared_unrounded()
    {
        ScoreResult score = LevelRule.Score(RulePackCatalog.Load("miit-2024").Rules, [Item(39.995m)], [.. Enumerable.Range(0, 16).Select(i => Scene(i, 2))]);
        Assert.Equal(("40.00", 1, 0.005m), (score.TotalText, score.Level, score.Next!.Score));
    }

    private static ItemResult Item(decimal points) => new(
        1, "数字化基础", "", "", "", false, AnswerSource.Typed, null, null, null, null, [], 0, 0, 100, points, null, [], [], new Dictionary<string, decimal>(), []);

    private static SceneResult Scene(int i, int level) => new(i + 1, $"S{i}", i < 10, level, AnswerSource.Typed, null, [], [], []);
}
