using System.Text.Json;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Tests.Scoring;

/// <summary>The worked example: 54.25 points, and level 2 with six scenes of which three are 约束性.</summary>
public sealed class WorkedScoreTests
{
    private static readonly string[] Constrained = ["生产管控", "质量管理", "设备管理"];
    private static readonly string[] Guiding = ["工艺设计", "售后服务", "计划排程"];

    [Fact]
    public void The_points_of_the_worked_example_come_out()
    {
        AssessmentResult result = ScoreScene.Worked().WorkedAnswers().Assess();
        Assert.Equal([4m, 4.5m, 4.5m, 3.5m, 5m, 2.5m, 2.5m, 4.5m, 3.75m, 4.5m, 0m, 6m, 3m, 4m, 2m], result.Items.Select(i => i.Points!.Value));
        Assert.Equal((16.5m, 54.25m, "54.25"), (result.Score.Collected, result.Score.Total, result.Score.TotalText));
        Assert.Equal((26.5m, 12.75m, 15m), (result.Score.Foundation, result.Score.Management, result.Score.Effect));
        Assert.All(result.Items, i => Assert.Empty(i.Problems));
        Assert.Equal(100, result.Items.Sum(i => i.Max));
    }

    [Fact]
    public void One_more_option_for_networking_brings_one_and_a_half_points()
    {
        AssessmentResult result = ScoreScene.Worked(networked: 13).WorkedAnswers().Assess();
        Assert.Equal(("E", 6m), (result.Items[2].Option, result.Items[2].Points));
        Assert.Equal(54.25m + 1.5m + 1.5m, result.Score.Total); // 13 observed are 13 digital, so item 2 rises as well
    }

    [Fact]
    public void Equal_shares_of_item_4_stay_exact()
    {
        ScoreScene scene = ScoreScene.Worked().WorkedAnswers();
        scene.Plant.Rules(p => p with { Items = [.. p.Items.Select(i => i.No == 4 ? i with { Share = OptionShare.Equal } : i)] });
        AssessmentResult result = scene.Assess();
        Assert.Equal(50m / 14, result.Items[3].Points);
        Assert.Equal("54.32", result.Score.TotalText);
    }

    [Theory]
    [InlineData(3, 3, 2)]
    [InlineData(2, 3, 0)]
    [InlineData(3, 2, 0)]
    public void The_level_needs_scenes_too(int constrained, int guiding, int level)
    {
        ScoreScene scene = ScoreScene.Worked().WorkedAnswers();
        foreach (string name in Constrained.Take(constrained).Concat(Guiding.Take(guiding)))
        {
            scene.Level(name, 2);
        }

        AssessmentResult result = scene.Assess();
        Assert.Equal(level, result.Score.Level);
        Assert.Equal(constrained + guiding, result.Score.Levels[1].Scenes);
        Assert.Equal(constrained, result.Score.Levels[1].Constrained);
        LevelDistance next = result.Score.Next!;
        Assert.Equal(level == 2 ? (3, 5.75m) : (1, 0m), (next.Level, next.Score));
        Assert.Equal(level == 2 ? "70% 的改造投入，最高 35 万元；项目投入未登记" : null, result.Subsidy?.Text);
    }

    [Fact]
    public void The_json_has_the_documented_members()
    {
        using JsonDocument json = JsonDocument.Parse(AssessmentResultJson.Write(ScoreScene.Worked().WorkedAnswers().Level("生产管控", 2).Assess()));
        JsonElement root = json.RootElement;
        Assert.Equal("hohhot-2025", root.GetProperty("rulePack").GetProperty("id").GetString());
        JsonElement counts = root.GetProperty("counts");
        Assert.Equal((20, 9), (counts.GetProperty("total").GetInt32(), counts.GetProperty("networked").GetInt32()));
        Assert.Equal(12, counts.GetProperty("digital").GetProperty("evidenced").GetInt32());
        JsonElement rate = root.GetProperty("items")[1];
        Assert.Equal((2, 12, 20, "D", "4.5"), (rate.GetProperty("no").GetInt32(), rate.GetProperty("n").GetInt32(), rate.GetProperty("d").GetInt32(), rate.GetProperty("option").GetString(), rate.GetProperty("points").GetString()));
        JsonElement collection = root.GetProperty("items")[3];
        Assert.Equal((0, 5, "3.5"), (collection.GetProperty("auto").GetInt32(), collection.GetProperty("manual").GetInt32(), collection.GetProperty("points").GetString()));
        Assert.Equal("computed", rate.GetProperty("source").GetString());
        Assert.Equal("54.25", root.GetProperty("score").GetProperty("total").GetString());
        Assert.Equal(16, root.GetProperty("scenes").GetArrayLength());
        Assert.Equal("observed", root.GetProperty("devices")[0].GetProperty("digital").GetString());
        Assert.Equal(30, root.GetProperty("trend").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("beforeAfter").ValueKind);
    }

    [Fact]
    public void The_table_names_score_level_and_what_is_missing()
    {
        string table = AssessmentTable.Write(ScoreScene.Worked().WorkedAnswers().Assess());
        Assert.Contains("得分 54.25", table);
        Assert.Contains("无等级", table);
        Assert.Contains("设备联网率", table);
        Assert.Contains("Not final:", table);
    }

    [Fact]
    public void The_diagnosis_platform_gets_its_shape()
    {
        AssessmentResult result = ScoreScene.Worked().WorkedAnswers().Level("生产管控", 2).Assess();
        using JsonDocument json = JsonDocument.Parse(DiagnosisExport.Write(
            result, RulePackCatalog.Load("hohhot-2025").Rules, "91150100MA0N000000", new Dictionary<string, string> { ["question:3"] = "q-17", ["option:3/D"] = "o-99" }));
        JsonElement root = json.RootElement;
        Assert.Equal("91150100MA0N000000", root.GetProperty("enterpriseId").GetString());
        JsonElement networking = root.GetProperty("digitalScoringQuestionList")[2];
        Assert.Equal(("q-17", "o-99", "数字化基础", 1), (networking.GetProperty("questionId").GetString(), networking.GetProperty("optionIds")[0].GetString(),
            networking.GetProperty("firstModuleName").GetString(), networking.GetProperty("firstModuleKey").GetInt32()));
        Assert.Equal("9", networking.GetProperty("blank").GetProperty("其中实现联网的生产设备数量为（台）").GetString());
        Assert.Equal("45.00%", networking.GetProperty("blank").GetProperty("具体数据").GetString());
        JsonElement scene = root.GetProperty("digitalScenariosList").EnumerateArray().Single(s => s.GetProperty("title").GetString() == "生产管控");
        Assert.Equal((4, 2), (scene.GetProperty("firstModuleKey").GetInt32(), scene.GetProperty("scenariosLevel").GetInt32()));
    }

    [Fact]
    public void A_trend_tells_when_an_asset_began_to_count()
    {
        ScoreScene scene = new();
        scene.Plant.Asset("A").Observed("A", Scene.Hour(10));
        AssessmentResult result = scene.Assess();
        DayTrend[] days = [.. result.Trend];
        Assert.Equal(new DateOnly(2025, 11, 19), days[^1].Day);
        Assert.Equal(0, days.Single(d => d.Day == new DateOnly(2025, 11, 11)).Networked); // two days are 待观察
        Assert.Equal(1, days.Single(d => d.Day == new DateOnly(2025, 11, 12)).Networked); // 72 hours
        Assert.Equal((1, 1440L, 1440L), (days[^1].Sending, days[^1].Good, days[^1].Due));
        Assert.Equal(result.Counts.Networked, days[^1].Networked);
    }
}
