using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Reports;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Tests.Reports;

/// <summary>The worked example as an assessment: 20 assets, 12 digital, 9 networked, 54.25 points, second level.</summary>
internal static class FormScene
{
    private static readonly DateTimeOffset AsOf = new(2025, 11, 20, 0, 0, 0, ShanghaiTime.Offset);

    public static LoadedRulePack Pack { get; } = RulePackCatalog.Load("hohhot-2025");

    public static RulePack Rules => Pack.Rules;

    public static FormInputs Inputs(Func<AssessmentResult, AssessmentResult>? change = null) => new(
        change?.Invoke(Result()) ?? Result(),
        Ledger(),
        Rules,
        ("demo-20251120T0000-0a1b2c3d", new string('a', 64)),
        null);

    public static DeviceLedger Ledger() => new([.. Enumerable.Range(1, 21).Select(i => Scene.Entry($"A-{i:000}"))], new string('b', 64))
    {
        Profile = new EnterpriseProfile(
            "呼和浩特市塞上乳制品有限公司", "91150100MA0N12345X", "张三", "内蒙古自治区呼和浩特市和林格尔县盛乐经济园区企业总部大楼北侧", "李四", "0471-1234567", "特色食品加工业", "专精特新中小企业"),
        Project = new ProjectProfile("乳品加工车间数字化改造", "HT-2025-018", new DateOnly(2024, 8, 1), new DateOnly(2025, 9, 30), "某某工业互联网有限公司", ["生产管控", "设备管理", "能耗管理"],
        [
            new ProjectCost(CostKind.Software, "制造执行系统", "", "HT-2025-018", new DateOnly(2024, 8, 1), 180_000, "FP-1", new DateOnly(2024, 9, 1), 180_000, 180_000, null, []),
            new ProjectCost(CostKind.DataCollection, "工业智能网关 6 台", "工业智能网关", "HT-2025-018", new DateOnly(2024, 8, 1), 60_000, "FP-2", new DateOnly(2024, 9, 1), 60_000, 58_000, null, []),
        ]),
        Files = [new AttachedFile(new string('c', 64), "网络拓扑图.pdf", "网络架构文件", 1024, "item:1")],
    };

    public static AssessmentResult Result()
    {
        RateResult digital = RateResult.Of(Rules.Digitalization, Rules.BinsTenths, 12, 20), networked = RateResult.Of(Rules.Networking, Rules.BinsTenths, 9, 20);
        ItemResult[] items = [.. Rules.Items.Select(i => Item(i, digital, networked))];
        SceneResult[] scenes = [.. Rules.Scenes.Select((s, i) => new SceneResult(
            i + 1, s.Name, s.Constrained, i % 2 == 0 ? 2 : 1, AnswerSource.Typed, s.Signals.Count > 0 ? 3 : null,
            s.Signals.Count > 0 ? [new BilingualText("3 台设备在统计期内有状态与产量数据", "3 台设备在统计期内有状态与产量数据")] : [], [$"{s.Name}系统截图"], []))];
        return new AssessmentResult(
            null, new ReportRulePack(Pack, WindowLength.OfDays(7), false), new string('b', 64), "demo", AsOf, [AsOf.AddDays(-7), AsOf], AsOf.AddDays(2), false, [],
            new ReportCounts(20, 21, new DigitalCounts(14, 12, 9), 9, 9, 1, 0, 1),
            new IndicatorSet(
                digital, new Fraction(14, 20), new Fraction(9, 20), networked, new Fraction(9, 12), new Fraction(9, 21), Coverage.Of([("一车间", true), ("二车间", true), ("包装车间", false)]),
                [new LinkCount("modbus-tcp", 6), new LinkCount("opc-ua", 3)], Coverage.Of([("生产管控", true), ("设备管理", true)]),
                Coverage.Of([("灌装", true), ("杀菌", true), ("包装", false)]), Coverage.Of([]), new Fraction(98_210, 100_000), Coverage.Of([("杀菌", true), ("灌装", false)]), []),
            items, scenes,
            new ScoreResult(
                35.75m, 11.75m, 6.75m, 16.5m, 54.25m, "54.25", 2, "二级（规范级）", false,
                [new LevelResult(1, "一级（初始级）", 20, 6, 3, 16, 10, [.. Rules.Scenes.Select(s => s.Name)], true), new LevelResult(2, "二级（规范级）", 40, 6, 3, 8, 5, [.. Rules.Scenes.Where((_, i) => i % 2 == 0).Select(s => s.Name)], true)],
                new LevelDistance(3, "三级（集成级）", 5.75m, 8, 5)),
            new SubsidyEstimate(2, 0.7m, 350_000, 238_000, 166_600, "核定投入 238000 元 × 70% = 166600 元，不超过上限 350000 元"),
            [.. Enumerable.Range(0, 7).Select(i => new DayTrend(new DateOnly(2025, 11, 13).AddDays(i), 20, 9, 12, 7 + (i % 3), 9_000, 10_080))],
            [], null,
            [.. Enumerable.Range(1, 20).Select(Device)],
            [new ExcludedAsset("A-021", "备用打码机", "生产设备", "封存", ReasonCode.ExcludedStatus, ["封存单.pdf"], "2024 年起封存", false)],
            []);
    }

    private static ItemResult Item(RulePackQuestion question, RateResult digital, RateResult networked)
    {
        RateResult? rate = question.No == 2 ? digital : question.No == 3 ? networked : null;
        string[] chosen = rate is not null ? [rate.Option!] : question.No == 4 ? ["生产管控", "质量管理", "设备管理", "能耗管理", "仓储物流"]
            : [.. question.Options.Where(o => !o.Excludes).Take(question.Type == QuestionType.Multiple ? 2 : 1).Select(o => o.Key)];
        (string dimension, string group, string entry) = Place(question.No);
        return new ItemResult(
            question.No, dimension, group, entry, question.Title, question.Type == QuestionType.Multiple, rate is null ? AnswerSource.Typed : AnswerSource.Computed,
            rate?.N, rate?.D, rate?.Rate, rate?.Option, [.. question.Options.Where(o => chosen.Contains(o.Key)).Select(o => o.Text)],
            0, chosen.Length, Rules.MaxPoints(question.No), Rules.PointsOf(question, chosen), rate?.Next,
            [.. question.Options.Select((o, i) => new OptionResult(((char)('A' + i)).ToString(), o.Text, 0, chosen.Contains(o.Key), AnswerSource.Typed, false, null))],
            rate is null ? ["管理制度汇编"] : [], question.Numbers.Where(_ => rate is null).ToDictionary(n => n.Label, _ => 123.5m), []);
    }

    private static (string, string, string) Place(int item)
    {
        foreach (RulePackDimension dimension in Rules.Dimensions)
        {
            foreach (RulePackGroup group in dimension.Groups)
            {
                if (group.Entries.FirstOrDefault(e => e.Item == item) is { } entry)
                {
                    return (dimension.Name, group.Name, entry.Name);
                }
            }
        }

        throw new ArgumentOutOfRangeException(nameof(item));
    }

    private static DeviceResult Device(int i) => new(
        $"A-{i:000}", $"灌装机{i}号", "一车间", "灌装", i <= 12 ? DigitalLevel.Evidenced : DigitalLevel.None, i <= 9, i <= 9 ? CoverageGrade.Good : CoverageGrade.NotCounted,
        new Fraction(i <= 9 ? 9_898 : 1_200, 10_080), 7, 5, i <= 9 ? 9_898 : 1_200, 10_080, 0, 412, 0, 168, AsOf.AddHours(-1), AsOf.AddHours(-1), true, 0, [$"demo/gw-01/filler-{i} modbus-tcp://10.0.0.{i}:502/1"],
        i <= 9 ? [] : [ReasonCode.LowCoverage]);
}
