using System.IO.Compression;
using System.Text.RegularExpressions;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Reports;

namespace EdgeAgent.Assessment.Tests.Reports;

public sealed partial class FormTests
{
    public static TheoryData<FormKind> Kinds => [FormKind.Application, FormKind.Summary, FormKind.SelfAssessment, FormKind.OnePage];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_inputs_give_the_same_bytes(FormKind kind) =>
        Assert.Equal(FormWriter.Write(kind, FormScene.Inputs()), FormWriter.Write(kind, FormScene.Inputs()));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_filled_when_there_is_no_asset_to_count(FormKind kind)
    {
        FormInputs inputs = FormScene.Inputs(r => r with { Counts = r.Counts with { Total = 0 } });
        FormBlockedException problem = Assert.Throws<FormBlockedException>(() => FormWriter.Write(kind, inputs));
        Assert.Contains("不可计算", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_draft_and_simulated_data_are_labelled_on_every_page(FormKind kind)
    {
        Assert.DoesNotContain("草稿", PartOf(FormWriter.Write(kind, FormScene.Inputs()), "header"), StringComparison.Ordinal);
        byte[] form = FormWriter.Write(kind, FormScene.Inputs(r => r with { Provisional = true, Notice = "SIMULATED" }));
        string header = PartOf(form, "header");
        Assert.Contains("草稿", header, StringComparison.Ordinal);
        Assert.Contains("模拟数据", header, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FormKind.SelfAssessment)]
    [InlineData(FormKind.OnePage)]
    public void What_is_not_settled_is_told_in_the_language_of_the_form(FormKind kind)
    {
        var finding = new Finding(FindingCode.FrozenValues, FindingSeverity.Severe, "A-007", "100 good readings in the window, and no value ever changed", ["A-007"], []);
        string text = TextOf(FormWriter.Write(kind, FormScene.Inputs(r => r with
        {
            Counts = r.Counts with { Unledgered = 2 },
            Findings = [finding],
            Blockers = ["sources in no ledger line: 2; each must be classified", "severe findings: 1 (FROZEN_VALUES); each must be settled"],
        })));
        Assert.Contains("有 2 个数据源未入台账，须逐一归类", text, StringComparison.Ordinal);
        Assert.Contains("有 1 项严重疑点（数据不变），须逐项处理", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ledger line", text, StringComparison.Ordinal);
        Assert.DoesNotContain("no value ever changed", text, StringComparison.Ordinal);
        Assert.Equal(kind == FormKind.OnePage, text.Contains("严重：数据不变（A-007）", StringComparison.Ordinal));
    }

    [Fact]
    public void The_application_has_the_words_of_the_form_and_the_ticks_of_the_ledger()
    {
        string text = TextOf(FormWriter.Write(FormKind.Application, FormScene.Inputs()));
        foreach (string expected in (string[])
            [
                "评测验收申请书", "（一）申请企业基本信息", "统一社会信用代码", "91150100MA0N12345X", "法人代表", "通讯地址", "☑特色食品加工业", "☐纺织服装加工业", "☐新材料制造业",
                "☑专精特新中小企业", "☐专精特新“小巨人”企业", "（二）项目基本信息", "项目实施期限", "2024 年 08 月", "总投资额：24 万元", "180000 元", "58000 元",
                "☑生产管控*", "☐产品设计*", "数字化服务商", "☑二级", "☐三级", "（三）申报承诺",
                "我公司承担的中小企业数字化改造试点项目已完成建设并运行，已具备测评验收条件，现提请对项目进行评测验收。评测验收所需材料均真实、完整，如有不实，我单位愿承担法律责任。",
                "二、服务商承诺书", "符合“服务商让一点”的原则",
            ])
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_self_assessment_has_every_item_and_scene_with_its_index()
    {
        string text = TextOf(FormWriter.Write(FormKind.SelfAssessment, FormScene.Inputs()));
        foreach (string expected in (string[])
            [
                "（一）数字化水平整体情况", "54.25分", "8个应用场景等级达到二级", "其中5个约束性场景", "（二）数字化基础、管理及成效评测表", "佐证材料索引",
                "具体数据［60.00% (12/20)］，其中生产设备数量为［20］台，实现数字化的生产设备数量为［12］台",
                "具体数据［45.00% (9/20)］，其中实现联网的生产设备数量为［9］台", "☑(40%,60%]", "☐(60%,100%]", "☑生产管控", "☐人力资源", "总分",
                "（三）数字化经营应用场景等级判定表", "约束性场景个数", "指导性场景个数", "总结报告（二）1.3", "总结报告（二）4.6",
            ])
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_index_refers_to_chapters_that_the_summary_report_has()
    {
        FormInputs inputs = FormScene.Inputs();
        string report = TextOf(FormWriter.Write(FormKind.Summary, inputs));
        Assert.Equal(15 + 16, EvidenceIndex.Headings(inputs.Result).Count());
        Assert.All(EvidenceIndex.Headings(inputs.Result), h => Assert.Contains(h.Heading, report, StringComparison.Ordinal));
        string withPages = TextOf(FormWriter.Write(FormKind.SelfAssessment, inputs with { Pages = new Dictionary<string, int> { ["（二）1.3"] = 4 } }));
        Assert.Contains("总结报告（二）1.3，第4页", withPages, StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_report_keeps_the_chapters_of_the_form()
    {
        string text = TextOf(FormWriter.Write(FormKind.Summary, FormScene.Inputs()));
        foreach (string expected in (string[])
            [
                "（一）项目基本情况", "（二）主要建设内容完成情况", "1、数字化基础方面", "2、数字化管理方面", "3、数字化成效方面", "4、数字化经营方面",
                "（三）项目实施成效", "表 1 项目实施成效", "（四）项目特色情况", "（五）项目竣工验收情况", "（六）其他证明材料", "网络拓扑图.pdf",
            ])
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_people_typed_cannot_break_a_form()
    {
        FormInputs inputs = FormScene.Inputs();
        inputs = inputs with { Ledger = new EdgeAgent.Assessment.Ledger.DeviceLedger([], "x") { Profile = new("坏\u0001名字<&\uFFFE>\n第二行", "1") } };
        Assert.Contains("坏名字", TextOf(FormWriter.Write(FormKind.Application, inputs)), StringComparison.Ordinal);
    }

    internal static string TextOf(byte[] docx) => PartOf(docx, "document");

    private static string PartOf(byte[] docx, string part)
    {
        using ZipArchive zip = new(new MemoryStream(docx));
        ZipArchiveEntry entry = zip.Entries.First(e => e.FullName.StartsWith("word/" + part, StringComparison.Ordinal));
        using StreamReader reader = new(entry.Open());
        string xml = reader.ReadToEnd();
        return System.Net.WebUtility.HtmlDecode(Tag().Replace(xml.Replace("</w:p>", "\n", StringComparison.Ordinal), ""));
    }

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}
