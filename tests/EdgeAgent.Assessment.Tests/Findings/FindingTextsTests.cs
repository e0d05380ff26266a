using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Assessment.Tests.Findings;

public sealed class FindingTextsTests
{
    public static IEnumerable<object[]> All =>
        from code in Enum.GetValues<FindingCode>() from severity in Enum.GetValues<FindingSeverity>() select new object[] { code, severity };

    [Theory]
    [MemberData(nameof(All))]
    public void Every_finding_speaks_both_languages(FindingCode code, FindingSeverity severity)
    {
        Finding finding = new(code, severity, "A-1", "an English sentence", ["A-1", "A-2"], [new FindingEvidence("good readings", "17")]);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", FindingTexts.Sentence(finding).Zh);
        Assert.DoesNotMatch("[A-Za-z]{4,}", FindingTexts.Sentence(finding).Zh);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", FindingTexts.Advice(code).Zh);
        Assert.Matches("^[A-Z][^\\p{IsCJKUnifiedIdeographs}]+$", FindingTexts.Advice(code).En);
    }

    [Theory]
    [InlineData("good readings", "合格读数")]
    [InlineData("good readings of A-7", "A-7 的合格读数")]
    [InlineData("bound to A-7", "绑定到 A-7")]
    [InlineData("batch 12 made at, by the agent", "批次 12 的采集端生成时间")]
    [InlineData("sequences 3 to 9: full", "序号 3 至 9：full")]
    [InlineData("A-7", "A-7")]
    public void Figures_are_named_in_chinese(string what, string chinese) => Assert.Equal(chinese, FindingTexts.Label(new FindingEvidence(what, "1")).Zh);

    [Theory]
    [InlineData("(nothing)", "（无）")]
    [InlineData("not in the ledger any more", "已不在台账中")]
    [InlineData("EXCLUDED_STATUS", "状态不计入：台账状态不在统计范围")]
    [InlineData("Sealed, EXCLUDED_STATUS", "Sealed, 状态不计入：台账状态不在统计范围")]
    [InlineData("modbus-tcp://10.0.0.1:502/1", "modbus-tcp://10.0.0.1:502/1")]
    public void Words_of_a_figure_are_the_readers_and_everything_else_stays_as_it_was_found(string value, string chinese) =>
        Assert.Equal(new BilingualText(chinese, value), FindingTexts.Value(new FindingEvidence("reason of the exclusion", value)));
}
