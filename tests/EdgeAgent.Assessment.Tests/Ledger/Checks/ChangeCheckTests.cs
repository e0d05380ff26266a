using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Tests.Ledger.Checks;

public sealed class ChangeCheckTests
{
    private static readonly RulePack Hohhot = RulePackCatalog.Load("hohhot-2025").Rules;
    private static readonly EvidenceReference Paper = new("合同", "", "3", "12");

    [Theory]
    [InlineData("91350100M000100Y43", true)]
    [InlineData("91350100M000100Y44", false)]
    [InlineData("91350100M000100Y34", false)]
    [InlineData("9135010M0000100Y43", false)]
    [InlineData("91350100m000100y43", false)]
    [InlineData("91350100M000100I43", false)]
    [InlineData("91350100M000100Y4", false)]
    [InlineData("", false)]
    public void A_credit_code_is_checked_by_its_last_character(string code, bool right) => Assert.Equal(right, CreditCode.Problem(code) is null);

    [Fact]
    public void Every_single_wrong_character_of_a_credit_code_is_found()
    {
        const string Code = "91350100M000100Y43";
        Assert.All(
            from place in Enumerable.Range(0, Code.Length)
            from letter in "0123456789ABCDEFGHJKLMNPQRTUWXY"
            where letter != Code[place]
            select Code[..place] + letter + Code[(place + 1)..],
            wrong => Assert.NotNull(CreditCode.Problem(wrong)));
    }

    [Fact]
    public void A_wrong_credit_code_is_refused_with_the_digit_that_belongs_there() =>
        Assert.Contains("3 expected at its end", Refused(new ProfileSet(new EnterpriseProfile("示例企业", "91350100M000100Y44"))));

    [Fact]
    public void An_industry_that_the_city_does_not_list_is_refused() =>
        Assert.Contains("特色食品加工业", Refused(new ProfileSet(new EnterpriseProfile("示例企业", "91350100M000100Y43", Industry: "采矿业"))));

    [Theory]
    [InlineData("2024-06-30", "2025-01-01", "contract is of 2024-06-30, outside")]
    [InlineData("2024-07-01", "2024-06-30", "invoice is of 2024-06-30, outside")]
    [InlineData("2024-07-01", "2024-07-01", null)]
    public void Dates_outside_the_accounting_period_are_refused(string contract, string invoice, string? problem)
    {
        ProjectSet change = Project(Cost() with { ContractDate = DateOnly.Parse(contract), InvoiceDate = DateOnly.Parse(invoice) });
        Assert.Equal(problem is null, Refusals(change).Count == 0);
        Assert.Contains(problem ?? "", string.Join("; ", Refusals(change)));
    }

    [Fact]
    public void What_is_never_subsidised_may_be_of_any_time() =>
        Assert.Empty(Refusals(Project(Cost() with { Kind = CostKind.Other, ContractDate = new DateOnly(2019, 1, 1) })));

    [Fact]
    public void Negative_amounts_and_excluded_hardware_are_refused()
    {
        Assert.Contains("negative", Refused(Project(Cost() with { PaidYuan = -1 })));
        Assert.Contains("电脑", Refused(Project(Cost() with { Kind = CostKind.DataCollection, HardwareClass = "办公电脑" })));
        Assert.Contains("A-9", Refused(Project(Cost() with { AssetNos = ["A-9"] })));
    }

    [Fact]
    public void A_project_that_begins_before_the_period_is_refused() =>
        Assert.Contains("项目实施期限 begins 2024-06-01", Refused(new ProjectSet(new ProjectProfile("改造", "HT", new DateOnly(2024, 6, 1), null, "", [], []))));

    [Theory]
    [InlineData(2, "A", "computed")]
    [InlineData(6, "Z", "is not known")]
    [InlineData(6, "A,无", "and more")]
    [InlineData(6, "A,A", "each option once")]
    [InlineData(8, "A,B", "单选")]
    [InlineData(99, "A", "not in rule pack")]
    public void An_answer_must_fit_the_questionnaire(int item, string options, string problem) =>
        Assert.Contains(problem, Refused(Answer(item, options.Split(','))));

    [Fact]
    public void Negative_and_unknown_figures_are_refused()
    {
        Assert.Contains("0 or more", Refused(Answer(14, ["增加"], ("staffAfter", -3))));
        Assert.Contains("not asked for", Refused(Answer(14, ["增加"], ("profit", 3))));
        Assert.Empty(Refusals(Answer(14, ["增加"], ("staffAfter", 120), ("revenueAfter", 5000.5m))));
    }

    [Fact]
    public void An_answer_that_brings_points_needs_evidence_and_nothing_needs_none()
    {
        Assert.Contains("no evidence", Refused(new AnswerSet(new TypedAnswer(6, ["A"], new Dictionary<string, decimal>(), []))));
        Assert.Empty(Refusals(new AnswerSet(new TypedAnswer(6, ["无"], new Dictionary<string, decimal>(), []))));
        Assert.Contains("no evidence", Refused(new SceneSet(new SceneLevel("生产管控", 2, null, []))));
        Assert.Contains("not attached", Refused(new SceneSet(new SceneLevel("生产管控", 2, null, [Paper with { Sha256 = new string('a', 64) }]))));
    }

    [Fact]
    public void Scenes_are_those_of_the_pack_with_levels_up_to_four()
    {
        Assert.Contains("no scene", Refused(new SceneSet(new SceneLevel("采矿", 2, null, [Paper]))));
        Assert.Contains("level 5", Refused(new SceneSet(new SceneLevel("生产管控", 5, null, [Paper]))));
        Assert.Empty(Refusals(new SceneSet(new SceneLevel("生产管控", 4, 1, [Paper]))));
    }

    [Fact]
    public void A_device_is_one_asset_at_a_time()
    {
        BindingSet first = new(new DeviceBinding("gw", "d", "A-1", 10, 20));
        Assert.Empty(Refusals(first, new BindingSet(new DeviceBinding("gw", "d", "A-1", 20))));
        Assert.Contains("overlaps", Refused(first, new BindingSet(new DeviceBinding("gw", "d", "A-1", 19))));
        Assert.Contains("overlaps", Refused(new BindingSet(new DeviceBinding("gw", "d", "A-1", 5)), first));
        Assert.Contains("ends before", Refused(new BindingSet(new DeviceBinding("gw", "d", "A-1", 10, 10))));
        Assert.Contains("not in the ledger", Refused(new BindingSet(new DeviceBinding("gw", "d", "A-2", 10))));
        Assert.Empty(Refusals(new BindingSet(new DeviceBinding("gw", "d", "", 10))));
    }

    [Fact]
    public void Stops_need_an_end_a_reason_and_an_asset()
    {
        Assert.Contains("ends before", Refused(new StopSet(new DeclaredStop("S-1", "A-1", 10, 10, "检修"))));
        Assert.Contains("empty", Refused(new StopSet(new DeclaredStop("S-1", "A-1", 10, 20, " "))));
        Assert.Contains("not in the ledger", Refused(new StopSet(new DeclaredStop("S-1", "A-7", 10, 20, "检修"))));
        Assert.Contains("not declared", Refused(new StopWithdrawn("S-1")));
        Assert.Empty(Refusals(new StopSet(new DeclaredStop("S-1", "", 10, 20, "春节"))));
    }

    [Fact]
    public void An_asset_that_the_same_event_adds_may_be_spoken_of_and_one_that_it_removes_may_not()
    {
        Assert.Empty(Refusals(new AssetSet(Scene.Entry("A-5")), new BindingSet(new DeviceBinding("gw", "d", "A-5", 10))));
        Assert.Contains("not in the ledger", Refused(new AssetRemoved("A-1"), new BindingSet(new DeviceBinding("gw", "d", "A-1", 10))));
    }

    [Fact]
    public void Who_and_why_are_needed_and_hold_no_control_characters()
    {
        DeviceLedger ledger = new([Scene.Entry("A-1")], "x");
        IReadOnlyList<LedgerRefusal> refusals = ChangeCheck.Refusals(ledger, [new AssetRemoved("A-1")], " ", "a\u001b[2J", null, _ => false);
        Assert.Equal(2, refusals.Count);
        Assert.All(refusals, r => Assert.DoesNotContain('\u001b', r.ToString()));
    }

    private static AnswerSet Answer(int item, string[] options, params (string Key, decimal Value)[] numbers) =>
        new(new TypedAnswer(item, options, numbers.ToDictionary(n => n.Key, n => n.Value), [Paper]));

    private static ProjectSet Project(ProjectCost cost) => new(new ProjectProfile("改造", "HT-1", new DateOnly(2024, 8, 1), new DateOnly(2025, 8, 1), "服务商", [], [cost]));

    private static ProjectCost Cost() => new(CostKind.Software, "MES", "", "HT-1", new DateOnly(2024, 8, 1), 100, "FP", new DateOnly(2024, 9, 1), 100, 100, null, []);

    private static string Refused(params LedgerChange[] changes)
    {
        IReadOnlyList<LedgerRefusal> refusals = Refusals(changes);
        Assert.NotEmpty(refusals);
        return string.Join("; ", refusals);
    }

    private static IReadOnlyList<LedgerRefusal> Refusals(params LedgerChange[] changes) =>
        ChangeCheck.Refusals(new DeviceLedger([Scene.Entry("A-1")], "x"), changes, "李工", "测试", Hohhot, _ => false);
}
