using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Tests.Scoring;

/// <summary>What is accepted as an answer, and what is not.</summary>
public sealed class AnswerTests
{
    [Fact]
    public void A_typed_answer_without_evidence_brings_nothing()
    {
        ItemResult item = ScoreScene.Worked().Answer(5, ["D"], evidence: false).Assess().Items[4];
        Assert.Equal((0m, AnswerSource.Missing), (item.Points, item.Source));
        Assert.Contains("evidence index", Assert.Single(item.Problems).En);
    }

    [Theory]
    [InlineData(5, new[] { "A", "B" }, "only one")]
    [InlineData(6, new[] { "无", "A" }, "excludes")]
    [InlineData(6, new[] { "Z" }, "none of this item")]
    public void Contradictions_bring_nothing(int no, string[] options, string problem)
    {
        ItemResult item = ScoreScene.Worked().Answer(no, options).Assess().Items[no - 1];
        Assert.Equal(0m, item.Points);
        Assert.Contains(item.Problems, p => p.En.Contains(problem, StringComparison.Ordinal));
        Assert.All(item.Problems, p => Assert.DoesNotContain(p.Zh, char.IsAsciiLetterLower));
    }

    [Theory]
    [InlineData(100, 100, 1000, 1000, "持平")]
    [InlineData(100.5, 100, 1000, 1000, "持平")]
    [InlineData(100.6, 100, 1000, 1000, "增加")]
    [InlineData(99.4, 100, 1000, 1000, "降低")]
    [InlineData(150, 100, 2000, 1000, "降低")]
    public void Energy_per_revenue_decides_item_12(decimal after, decimal before, decimal revenueAfter, decimal revenueBefore, string option)
    {
        ItemResult item = ScoreScene.Worked().Answer(12, [], true, ("after", after), ("before", before), ("revenueAfter", revenueAfter), ("revenueBefore", revenueBefore)).Assess().Items[11];
        Assert.Equal(option, item.Option);
        Assert.Empty(item.Problems);
    }

    [Fact]
    public void Revenue_per_head_decides_item_14()
    {
        ItemResult item = ScoreScene.Worked().Answer(14, ["降低"], true, ("staffAfter", 100), ("revenueAfter", 2000), ("staffBefore", 100), ("revenueBefore", 1000)).Assess().Items[13];
        Assert.Equal("增加", item.Option);
        Assert.Contains("the figures count", Assert.Single(item.Problems).En);
        Assert.Equal("由数据得出“增加”，填报为“降低”；以数据为准", item.Problems[0].Zh);
    }

    [Fact]
    public void Negative_and_missing_figures_are_named()
    {
        ScoreScene scene = ScoreScene.Worked();
        ItemResult negative = scene.Answer(12, ["降低"], true, ("after", -1)).Assess().Items[11];
        Assert.Contains("negative", Assert.Single(negative.Problems).En);
        Assert.Equal(0m, negative.Points);
        ItemResult missing = scene.Answer(12, [], true, ("after", 1)).Assess().Items[11];
        Assert.Contains("missing", Assert.Single(missing.Problems).En);
        ItemResult zero = scene.Answer(12, [], true, ("after", 1), ("before", 1), ("revenueAfter", 0), ("revenueBefore", 1)).Assess().Items[11];
        Assert.Contains("不可计算", Assert.Single(zero.Problems).En);
        ItemResult above = scene.Answer(13, [], true, ("after", 101), ("before", 99)).Assess().Items[12];
        Assert.Contains("above 100", above.Problems[0].En);
    }

    [Theory]
    [InlineData(10, 100, "A")]
    [InlineData(10.01, 100, "B")]
    [InlineData(20, 100, "B")]
    [InlineData(40, 100, "C")]
    [InlineData(60, 100, "D")]
    [InlineData(60.001, 100, "E")]
    public void The_share_of_investment_decides_item_11(decimal investment, decimal revenue, string option) =>
        Assert.Equal(option, ScoreScene.Worked().Answer(11, [], true, ("investment", investment), ("revenue", revenue)).Assess().Items[10].Option);

    [Fact]
    public void More_investment_than_revenue_is_refused() =>
        Assert.Contains("larger", Assert.Single(ScoreScene.Worked().Answer(11, [], true, ("investment", 2), ("revenue", 1)).Assess().Items[10].Problems).En);

    [Fact]
    public void Nothing_counted_is_not_computable_and_blocks()
    {
        AssessmentResult result = new ScoreScene().WorkedAnswers().Assess();
        Assert.Null(result.Items[1].Points);
        Assert.Null(result.Items[1].Option);
        Assert.StartsWith("不可计算", result.Items[1].Value);
        Assert.DoesNotContain(result.Items[1].Options, o => o.Ticked);
        Assert.False(result.Score.Complete);
        Assert.Contains(result.Blockers, b => b.Contains("不可计算", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_computed_cannot_be_typed()
    {
        ItemResult item = ScoreScene.Worked().Answer(3, ["E"], true, ("count", 20)).Assess().Items[2];
        Assert.Equal("D", item.Option);
        Assert.Contains("not used", Assert.Single(item.Problems).En);
    }

    [Fact]
    public void A_rate_above_one_is_an_error() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        RateResult.Of(RulePackCatalog.Load("miit-2024").Rules.Networking, [1, 2, 4, 6], 21, 20));

    [Fact]
    public void A_scene_level_needs_evidence_and_must_exist()
    {
        AssessmentResult result = ScoreScene.Worked().Level("生产管控", 3, evidence: false).Level("质量管理", 5).Level("设备管理", 2).Assess();
        Assert.Equal([0, 0, 2], new[] { "生产管控", "质量管理", "设备管理" }.Select(name => result.Scenes.Single(s => s.Name == name).Level));
        Assert.Equal(2, result.Scenes.Count(s => s.Problems.Count > 0));
    }

    [Fact]
    public void The_control_network_is_suggested_and_counts_when_confirmed()
    {
        ScoreScene scene = ScoreScene.Worked();
        OptionResult suggested = scene.Assess().Items[0].Options.Single(o => o.Letter == "A");
        Assert.True(suggested.Suggested);
        Assert.False(suggested.Ticked);
        ItemResult confirmed = scene.Answer(1, ["A"], evidence: false).Assess().Items[0];
        Assert.Equal((2m, AnswerSource.Derived), (confirmed.Points, confirmed.Source));
        Assert.Contains("needs the options before it", Assert.Single(scene.Answer(1, ["A", "D"]).Assess().Items[0].Problems).En);
        Assert.Equal(8m, scene.Answer(1, ["A", "B", "C", "D"]).Assess().Items[0].Points);
    }

    [Fact]
    public void The_subsidy_takes_what_is_settled_in_the_period()
    {
        ProjectCost Cost(CostKind kind, decimal yuan, string hardware = "", int? months = null, DateOnly? invoice = null) => new(
            kind, "", hardware, "C-1", new DateOnly(2025, 1, 10), yuan, "I-1", invoice ?? new DateOnly(2025, 3, 1), yuan, yuan, months, []);
        RulePack pack = RulePackCatalog.Load("hohhot-2025").Rules;
        ProjectProfile project = new("改造", "C-1", new DateOnly(2025, 1, 1), null, "", [],
            [
                Cost(CostKind.Software, 100_000), Cost(CostKind.Service, 150_000), // services at most as much as software
                Cost(CostKind.DataCollection, 50_000, "工业智能网关"), Cost(CostKind.DataCollection, 9_999, "电脑"), Cost(CostKind.Other, 1_000_000),
                Cost(CostKind.Cloud, 36_000, months: 36, invoice: new DateOnly(2025, 3, 31)), // at most until the end of 2025: nine months of 36
                Cost(CostKind.Software, 77_000, invoice: new DateOnly(2024, 6, 30)),
            ]);
        Assert.Equal(100_000 + 100_000 + 50_000 + 9_000, SubsidyRule.Eligible(pack, pack.Subsidy!, project, new DateOnly(2025, 11, 20)));
        Assert.Equal((181_300m, 350_000m), (SubsidyRule.Estimate(pack, project, 2, new DateOnly(2025, 11, 20))!.Amount, SubsidyRule.Estimate(pack, project, 2, new DateOnly(2025, 11, 20))!.Cap));
        Assert.Null(SubsidyRule.Estimate(pack, project, 1, new DateOnly(2025, 11, 20)));
    }
}
