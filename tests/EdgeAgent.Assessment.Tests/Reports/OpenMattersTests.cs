using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Reports;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Tests.Reports;

/// <summary>Why a form is a draft, in both languages: each Chinese sentence beside the engine's own of the same matter.</summary>
public sealed class OpenMattersTests
{
    [Fact]
    public void Every_matter_stands_beside_the_engines_sentence_of_it()
    {
        AssessmentResult result = FormScene.Result() with
        {
            Notice = NoticeTexts.Simulated.En,
            Provisional = true,
            Counts = FormScene.Result().Counts with { Unledgered = 1 },
            Blockers =
            [
                NoticeTexts.Simulated.En, "readings may arrive until 24 h after the window", "sources in no ledger line: 1; each must be classified",
                "hourly accounts that do not balance: 3; their readings are not counted", "not every item and scene has an accepted answer",
            ],
        };
        result = result with { Score = result.Score with { Complete = false }, Findings = [] };
        IReadOnlyList<BilingualText> both = OpenMatters.Both(new FormInputs(result, FormScene.Ledger(), FormScene.Rules));
        Assert.Equal(result.Blockers, both.Select(b => b.En));
        string[] begins = ["数字中含仿真数据", "统计期刚结束", "有 1 个数据源", "部分设备的小时账目", "尚有题目或场景"];
        Assert.All(both.Zip(begins), pair => Assert.StartsWith(pair.Second, pair.First.Zh, StringComparison.Ordinal));
    }
}
