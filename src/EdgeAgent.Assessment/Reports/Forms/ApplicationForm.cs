using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Reports.Docx;

namespace EdgeAgent.Assessment.Reports.Forms;

/// <summary>附件1.1 评测验收申请书.</summary>
internal static class ApplicationForm
{
    private const string Heading = "呼和浩特市中小企业数字化转型改造项目";

    public static byte[] Write(FormInputs inputs)
    {
        using FormDocument form = new("评测验收申请书", inputs.Label, inputs.Footer);
        Cover(form, inputs);
        form.PageBreak();
        form.Title($"一、{Heading}", 36);
        form.Title("评测验收申请书", 36);
        form.Heading(2, "（一）申请企业基本信息");
        Enterprise(form, inputs);
        form.Heading(2, "（二）项目基本信息");
        Project(form, inputs);
        form.Heading(2, "（三）申报承诺");
        form.Text("我公司承担的中小企业数字化改造试点项目已完成建设并运行，已具备测评验收条件，现提请对项目进行评测验收。评测验收所需材料均真实、完整，如有不实，我单位愿承担法律责任。");
        form.Blank(2);
        form.Line("法定代表人（签字）                   单位：盖章");
        form.Line("年        月       日", right: true);
        form.PageBreak();
        form.Title("二、服务商承诺书", 36);
        form.Blank(2);
        string name = inputs.Profile?.Name ?? "        公司";
        form.Text($"我单位承诺为{name}提供优质的产品或服务，且价格优惠合理，符合“服务商让一点”的原则，如有不实，我单位愿承担相应后果。");
        form.Blank(3);
        form.Line("集成（改造）服务商（盖章）：", right: true);
        form.Line("年    月    日", right: true);
        return form.ToBytes();
    }

    private static void Cover(FormDocument form, FormInputs inputs)
    {
        form.Line("附件1.1");
        form.Blank(4);
        form.Title(Heading, 44);
        form.Title("评测验收申请书", 52);
        form.Blank(7);
        form.Line($"项目名称：{inputs.Project?.Name}", 32);
        form.Line($"所属行业：{inputs.Profile?.Industry}", 32);
        form.Line($"项目单位：{inputs.Profile?.Name}（试点企业盖章）", 32);
        form.Blank(5);
        form.Line($"申请日期：{inputs.Result.AsOf:yyyy 年 MM 月 dd 日}", 32, centre: true);
    }

    private static void Enterprise(FormDocument form, FormInputs inputs)
    {
        EnterpriseProfile? profile = inputs.Profile;
        form.Table([16, 34, 16, 34],
        [
            [FormCell.Label("企业名称"), new FormCell(profile?.Name ?? "", 3)],
            [FormCell.Label("统一社会信用代码"), profile?.CreditCode ?? "", FormCell.Label("法人代表"), profile?.LegalRepresentative ?? ""],
            [FormCell.Label("通讯地址"), new FormCell(profile?.Address ?? "", 3)],
            [FormCell.Label("联系人"), profile?.Contact ?? "", FormCell.Label("联系方式"), profile?.ContactNumber ?? ""],
            [FormCell.Label("所属细分行业"), new FormCell(Choices(inputs.Rules.Project?.Industries, profile?.Industry), 3)],
            [FormCell.Label("优质中小企业情况"), new FormCell(Choices(inputs.Rules.Project?.QualityClasses, profile?.QualityClass), 3)],
        ]);
    }

    private static void Project(FormDocument form, FormInputs inputs)
    {
        ProjectProfile? project = inputs.Project;
        string period = $"{FormText.Month(project?.From)} 至 {FormText.Month(project?.To)}";
        string systems = string.Join("  ", inputs.Rules.Scenes.Select(s =>
            FormText.Box(project?.Systems.Contains(s.Name) == true) + s.Name + (s.Constrained ? "*" : "")));
        int level = inputs.Result.Score.Level;
        form.Table([22, 78],
        [
            [FormCell.Label("项目名称"), project?.Name ?? ""],
            [FormCell.Label("项目实施期限"), period],
            [FormCell.Down("项目投资额", bold: true), $"总投资额：{Amount(project is null ? null : project.TotalYuan / 10_000)} 万元"],
            [FormCell.Above, $"数字化改造相关的软件、云服务支出：{Amount(Spent(project, CostKind.Software, CostKind.Cloud))} 元"],
            [FormCell.Above, $"网关、路由等必要数据采集传输设备支出：{Amount(Spent(project, CostKind.DataCollection))} 元"],
            [FormCell.Label("项目部署软件/系统/平台情况（多选）"), systems],
            [FormCell.Label("数字化服务商"), project?.Provider ?? ""],
            [FormCell.Label("企业改造后\n数字化水平"), string.Join("    ", new[] { 2, 3, 4 }.Select(l => FormText.Box(level == l) + FormText.Level(l)))],
        ]);
    }

    private static string Choices(IReadOnlyList<string>? choices, string? chosen) => choices is not { Count: > 0 }
        ? chosen ?? ""
        : string.Join('\n', choices.Select(c => FormText.Box(c == chosen) + c));

    private static decimal? Spent(ProjectProfile? project, params CostKind[] kinds) =>
        project?.Costs.Where(c => kinds.Contains(c.Kind)).Sum(c => c.SettledYuan);

    private static string Amount(decimal? amount) => amount is { } known ? FormText.Number(known) : "          ";
}
