using System.Globalization;
using EdgeAgent.Assessment.Reports.Docx;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Reports.Forms;

/// <summary>附件1.3 企业改造后数字化水平自评估报告.</summary>
internal static class SelfAssessmentForm
{
    public static byte[] Write(FormInputs inputs)
    {
        using FormDocument form = new("企业改造后数字化水平自评估报告", inputs.Label, inputs.Footer, margin: 900);
        form.Line("附件1.3");
        form.Title("企业改造后数字化水平自评估报告", 36);
        form.Heading(2, "（一）数字化水平整体情况");
        Overview(form, inputs.Result);
        form.Heading(2, "（二）数字化基础、管理及成效评测表");
        Items(form, inputs);
        form.Heading(2, "（三）数字化经营应用场景等级判定表");
        Scenes(form, inputs);
        Basis(form, inputs);
        return form.ToBytes();
    }

    private static void Overview(FormDocument form, AssessmentResult result)
    {
        LevelResult? reached = result.Score.Levels.LastOrDefault(l => l.Level == result.Score.Level);
        string scenes = reached is null
            ? "____个应用场景等级达到一/二/三/四级"
            : string.Create(CultureInfo.InvariantCulture, $"{reached.Scenes}个应用场景等级达到{FormText.Level(reached.Level)}，分别是：{string.Join("、", reached.SceneNames)}；\n其中{reached.Constrained}个约束性场景");
        form.Table([28, 52, 20],
        [
            [FormCell.Label("数字化基础、管理及成效得分"), FormCell.Label("数字化经营应用场景"), FormCell.Label("等级")],
            [new FormCell($"{result.Score.TotalText}分", Centre: true), scenes, new FormCell(FormText.Level(result.Score.Level), Centre: true)],
        ], headerRows: 1);
    }

    private static void Items(FormDocument form, FormInputs inputs)
    {
        List<IReadOnlyList<FormCell>> rows =
        [
            [
                FormCell.Label("一级指标"), FormCell.Label("二级指标"), FormCell.Label("采集项"), FormCell.Label("序号"), FormCell.Label("题目"),
                FormCell.Label("选项"), FormCell.Label("选项类型"), FormCell.Label("得分"), FormCell.Label("佐证材料索引\n（注明在改造总结报告中的章节号以及具体页码数）"),
            ],
        ];
        string dimension = "", group = "";
        foreach (ItemResult item in inputs.Result.Items)
        {
            string[] options = [.. FormText.OptionLines(item)];
            for (int i = 0; i < options.Length; i++)
            {
                bool first = i == 0;
                rows.Add(
                [
                    Merged(first && item.Dimension != dimension, $"{item.Dimension}\n{WeightOf(inputs.Rules, item.Dimension, null, null)}"),
                    Merged(first && (item.Group != group || item.Dimension != dimension), $"{item.Group}\n{WeightOf(inputs.Rules, item.Dimension, item.Group, null)}"),
                    Merged(first, $"{item.Collected}\n{WeightOf(inputs.Rules, item.Dimension, item.Group, item.No)}"),
                    Merged(first, item.No.ToString(CultureInfo.InvariantCulture)),
                    Merged(first, FormText.TitleOf(item), centre: false),
                    options[i],
                    Merged(first, item.Multiple ? "多选" : "单选"),
                    Merged(first, FormText.Points(item.Points)),
                    Merged(first, IndexOf(item, inputs), centre: false),
                ]);
                (dimension, group) = (item.Dimension, item.Group);
            }
        }

        rows.Add([new FormCell("总分", 7, Bold: true, Centre: true), new FormCell(inputs.Result.Score.TotalText, 2, Bold: true, Centre: true)]);
        form.Table([8, 8, 8, 5, 20, 25, 6, 6, 14], rows, headerRows: 1, halfPoints: 17);
    }

    private static void Scenes(FormDocument form, FormInputs inputs)
    {
        List<IReadOnlyList<FormCell>> rows =
        [
            [
                FormCell.Label("一级指标"), FormCell.Label("二级指标\n（业务场景）"), FormCell.Label("等级判定"), FormCell.Label("改造后等级"),
                FormCell.Label("改造后等级佐证材料索引（注明在改造总结报告中的章节号以及具体页码数）"),
            ],
        ];
        string group = "";
        foreach (SceneResult scene in inputs.Result.Scenes)
        {
            string own = inputs.Rules.FindScene(scene.Name)?.Group ?? "";
            string judged = string.Join(' ', Enumerable.Range(1, 4).Select(l => FormText.Box(scene.Level == l) + FormText.Level(l)));
            rows.Add(
            [
                own != group ? FormCell.Down(own) : FormCell.Above,
                scene.Name + (scene.Constrained ? "*" : ""),
                judged,
                new FormCell(FormText.Level(scene.Level), Centre: true),
                scene.Level == 0 ? "" : EvidenceIndex.Reference(EvidenceIndex.ChapterOf(scene), inputs.Pages),
            ]);
            group = own;
        }

        int constrained = inputs.Result.Scenes.Count(s => s.Constrained && s.Level > 0), guiding = inputs.Result.Scenes.Count(s => !s.Constrained && s.Level > 0);
        rows.Add([new FormCell("约束性场景个数", 3, Bold: true, Centre: true), new FormCell(constrained.ToString(CultureInfo.InvariantCulture), 2, Centre: true)]);
        rows.Add([new FormCell("指导性场景个数", 3, Bold: true, Centre: true), new FormCell(guiding.ToString(CultureInfo.InvariantCulture), 2, Centre: true)]);
        form.Table([16, 16, 32, 12, 24], rows, headerRows: 1, halfPoints: 19);
    }

    /// <summary>By which rules the figures came about, and what is not settled: it stands on the form so that nobody has to ask.</summary>
    private static void Basis(FormDocument form, FormInputs inputs)
    {
        AssessmentResult result = inputs.Result;
        form.Heading(3, "计算依据");
        form.Line($"统计期 {result.Window[0]:yyyy-MM-dd HH:mm} 至 {result.Window[1]:yyyy-MM-dd HH:mm}；规则包 {inputs.Rules.Id} {inputs.Rules.Version}，SHA-256 {result.RulePack.Sha256}。", 20);
        form.Line($"设备台账 SHA-256 {result.LedgerSha256}；统计范围 {string.Join("、", inputs.Rules.CountedCategories)}（{string.Join("、", inputs.Rules.CountedStatus)}）；联网判定：有效数据覆盖率不低于 {inputs.Rules.MinCoverage:P0}，活跃天数不少于 {inputs.Rules.MinActiveDays} 天。", 20);
        form.Line($"另计：未计入设备 {result.Counts.Excluded} 台（含封存、停用的总数 {result.Counts.TotalStrict} 台），待观察 {result.Counts.Pending} 台，未入台账数据源 {result.Counts.Unledgered} 个。", 20);
        foreach (string matter in OpenMatters.Of(inputs))
        {
            form.Line($"未定稿原因：{matter}", 20, colour: "C00000");
        }
    }

    private static FormCell Merged(bool begins, string text, bool centre = true) =>
        begins ? new FormCell(text, Merge: CellMerge.Begin, Centre: centre) : FormCell.Above;

    private static string IndexOf(ItemResult item, FormInputs inputs)
    {
        if (item.Source == AnswerSource.Missing)
        {
            return "";
        }

        string reference = EvidenceIndex.Reference(EvidenceIndex.ChapterOf(item, inputs.Result.Items), inputs.Pages);
        return item.Evidence.Count == 0 ? reference : $"{reference}\n{string.Join('\n', item.Evidence)}";
    }

    private static string WeightOf(RulePack rules, string dimension, string? group, int? item)
    {
        RulePackDimension? found = rules.Dimensions.FirstOrDefault(d => d.Name == dimension);
        RulePackGroup? within = found?.Groups.FirstOrDefault(g => g.Name == group);
        decimal? weight = group is null ? found?.Weight : item is null ? within?.Weight : within?.Entries.FirstOrDefault(e => e.Item == item)?.Weight;
        return weight is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.##}%") : "";
    }
}
