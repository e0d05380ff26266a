using System.Globalization;
using EdgeAgent.Assessment.Baseline;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Reports.Docx;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Reports.Forms;

/// <summary>附件1.2 改造总结报告: what data and ledger say is written, what only people know is asked for in brackets.</summary>
internal static class SummaryReport
{
    private const int ListedMax = 60;
    private static readonly string[] Ordinals = ["数字化基础方面", "数字化管理方面", "数字化成效方面", "数字化经营方面"];

    public static byte[] Write(FormInputs inputs)
    {
        using FormDocument form = new("中小企业数字化转型试点项目改造总结报告", inputs.Label, inputs.Footer);
        form.Line("附件1.2");
        form.Title("中小企业数字化转型试点项目改造总结报告", 36);
        Basics(form, inputs);
        Contents(form, inputs);
        Effects(form, inputs);
        form.Heading(1, "（四）项目特色情况");
        form.Text("【请企业补充：包括项目的创新性、经验做法等情况，不少于500字】");
        form.Heading(1, "（五）项目竣工验收情况");
        form.Text("【请企业补充：从组织建立、验收结论等方面简要概况项目验收情况，包括但不限于企业组织的项目验收报告系列材料及会议照片等】");
        Materials(form, inputs);
        return form.ToBytes();
    }

    private static void Basics(FormDocument form, FormInputs inputs)
    {
        form.Heading(1, "（一）项目基本情况");
        EnterpriseProfile? profile = inputs.Profile;
        ProjectProfile? project = inputs.Project;
        if (profile is not null)
        {
            form.Text($"{profile.Name}（统一社会信用代码 {profile.CreditCode}），法定代表人{profile.LegalRepresentative}，位于{profile.Address}，所属细分行业为{profile.Industry}。");
        }

        if (project is not null)
        {
            form.Text($"项目“{project.Name}”（合同编号 {project.ContractNo}）由{project.Provider}承担，实施期限为{FormText.Month(project.From)}至{FormText.Month(project.To)}，总投资额{FormText.Number(project.TotalYuan / 10_000)}万元。");
        }

        ReportCounts counts = inputs.Result.Counts;
        form.Text($"截至{inputs.Result.AsOf:yyyy年MM月dd日}，企业纳入统计的生产设备共{counts.Total}台，其中实现数字化{counts.Digital.Evidenced}台、联网{counts.Networked}台；封存、停用等未纳入统计的设备{counts.Excluded}台，另附排除清单。");
        form.Text("【请企业补充：依据实施方案及合同，从企业基本情况、项目实施背景、建设过程等方面进行总结，不少于500字】");
    }

    private static void Contents(FormDocument form, FormInputs inputs)
    {
        form.Heading(1, "（二）主要建设内容完成情况");
        form.Text("【请企业补充：主要建设内容（对应场景）、实现的功能、达到的性能、设备和系统部署情况、运行情况、具体成效等，不少于1000字。以下各节由采集数据和台账生成，与附件1.3中佐证材料索引对应】");
        for (int dimension = 1; dimension <= 3; dimension++)
        {
            form.Heading(2, string.Create(CultureInfo.InvariantCulture, $"{dimension}、{Ordinals[dimension - 1]}"));
            foreach (ItemResult item in inputs.Result.Items.Where(i => EvidenceIndex.DimensionOf(i) == dimension))
            {
                form.Heading(3, EvidenceIndex.HeadingOf(EvidenceIndex.ChapterOf(item, inputs.Result.Items), item));
                Item(form, item);
                if (item.No == 3)
                {
                    Devices(form, inputs.Result);
                }
            }
        }

        form.Heading(2, $"4、{Ordinals[3]}");
        foreach (SceneResult scene in inputs.Result.Scenes)
        {
            form.Heading(3, EvidenceIndex.HeadingOf(EvidenceIndex.ChapterOf(scene), scene));
            form.Line($"改造后等级：{FormText.Level(scene.Level)}{(scene.SupportedLevel is { } level ? $"；采集数据可支撑至{FormText.Level(level)}" : "")}。", 24);
            Bullets(form, scene.Facts.Select(f => f.En));
            Bullets(form, scene.Evidence.Select(e => $"佐证：{e}"));
        }
    }

    private static void Item(FormDocument form, ItemResult item)
    {
        form.Line($"{item.Title}：{item.Value ?? string.Join("；", item.Ticked)}（{FormText.SourceOf(item.Source)}，得分 {FormText.Points(item.Points)} / {FormText.Points(item.Max)}）。", 24);
        Bullets(form, item.Options.Where(o => o is { Ticked: true, Why: not null }).Select(o => $"{o.Text}：{o.Why!.En}"));
        Bullets(form, item.Evidence.Select(e => $"佐证：{e}"));
        Bullets(form, item.Problems.Select(p => $"待完善：{p.En}"));
    }

    private static void Devices(FormDocument form, AssessmentResult result)
    {
        List<IReadOnlyList<FormCell>> rows =
        [
            [FormCell.Label("资产编号"), FormCell.Label("设备名称"), FormCell.Label("车间"), FormCell.Label("数字化"), FormCell.Label("联网"), FormCell.Label("覆盖率"), FormCell.Label("未计入原因")],
        ];
        foreach (DeviceResult device in result.Devices.Take(ListedMax))
        {
            rows.Add(
            [
                device.AssetNo, device.Name, device.Workshop, new FormCell(device.Digital >= DigitalLevel.Evidenced ? "是" : "否", Centre: true),
                new FormCell(device.Networked ? "是" : "否", Centre: true), device.Coverage.Percent, string.Join(' ', device.Reasons.Select(r => r.Text())),
            ]);
        }

        form.Table([14, 22, 16, 9, 9, 12, 18], rows, headerRows: 1, halfPoints: 18);
        if (result.Devices.Count > ListedMax)
        {
            form.Line($"以上为前 {ListedMax} 台，全部 {result.Devices.Count} 台见设备清单（XLSX）。", 20);
        }
    }

    private static void Effects(FormDocument form, FormInputs inputs)
    {
        form.Heading(1, "（三）项目实施成效");
        form.Line("表 1 项目实施成效", 24, bold: true, centre: true);
        List<IReadOnlyList<FormCell>> rows =
        [
            [new FormCell("改造成效", 3, Bold: true, Centre: true), FormCell.Down("改造前", bold: true), FormCell.Down("改造后", bold: true)],
            [FormCell.Label("一级指标"), FormCell.Label("二级指标"), FormCell.Label("采集项"), FormCell.Above, FormCell.Above],
        ];
        string dimension = "", group = "";
        foreach (ItemResult item in inputs.Result.Items)
        {
            rows.Add(
            [
                item.Dimension != dimension ? FormCell.Down(item.Dimension) : FormCell.Above,
                item.Group != group || item.Dimension != dimension ? FormCell.Down(item.Group) : FormCell.Above,
                new FormCell(item.Collected, Centre: true),
                Before(inputs.Result.BeforeAfter, item.No),
                item.Value ?? string.Join("；", item.Ticked),
            ]);
            (dimension, group) = (item.Dimension, item.Group);
        }

        bool first = true;
        foreach (SceneResult scene in inputs.Result.Scenes.Where(s => s.Level > 0))
        {
            int? before = inputs.Ledger.Answers.FindScene(scene.Name)?.LevelBefore;
            rows.Add([first ? FormCell.Down("数字化经营场景总结（依据达到的级别要求分场景描述）") : FormCell.Above, new FormCell(scene.Name, 2, Centre: true), before is { } known ? FormText.Level(known) : "", FormText.Level(scene.Level)]);
            first = false;
        }

        form.Table([14, 14, 14, 27, 31], rows, headerRows: 2, halfPoints: 20);
    }

    private static string Before(Comparison? comparison, int item)
    {
        RateChange? change = comparison?.AsOf.FirstOrDefault(c => c.Item == item);
        return change is null ? "" : $"{FormText.Share(change.Before)}{(comparison!.Kind == BaselineKind.Declared ? "（申报）" : "（实测）")}";
    }

    private static void Materials(FormDocument form, FormInputs inputs)
    {
        form.Heading(1, "（六）其他证明材料");
        string[] asked =
        [
            "企业营业执照；",
            "试点企业近两年年度财务审计报告或财务报告（需加盖企业公章），改造项目审计报告（需加盖企业公章）；",
            "国家企业信用信息公示系统中对企业信用信息、经营异常名录及严重违法失信名单的查询结果；",
            "组织保障证明材料，项目数字化转型团队人员简历、相关职称资格证书或专业学历背景证明；",
            "优质中小企业情况等证明；",
            "其他能够佐证改造项目数字化水平情况的材料。",
        ];
        for (int i = 0; i < asked.Length; i++)
        {
            form.Line($"{i + 1}.{asked[i]}", 24);
        }

        if (inputs.Pack is { } pack)
        {
            form.Line($"    佐证数据包 {pack.Id}（清单 SHA-256 {pack.ManifestSha256}），可离线核验。", 24);
        }

        foreach (AttachedFile file in inputs.Ledger.Files)
        {
            form.Line($"    {file.Kind}：{file.Name}（SHA-256 {file.Sha256}）", 20);
        }
    }

    private static void Bullets(FormDocument form, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            form.Line($"· {line}", 22);
        }
    }
}
