using System.Globalization;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Reports.Docx;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Reports.Forms;

/// <summary>一页摘要: rates, score and what is missing to the next level, on one page with bars.</summary>
internal static class OnePageSummary
{
    private const int DaysShown = 7;
    private const int FindingsShown = 3;
    private const int TextMax = 140;

    public static byte[] Write(FormInputs inputs)
    {
        AssessmentResult result = inputs.Result;
        using FormDocument form = new("数字化水平评测摘要", inputs.Label, inputs.Footer, margin: 1100);
        form.Title("数字化水平评测摘要", 34);
        form.Line($"{inputs.Profile?.Name ?? result.Site}    统计期 {result.Window[0]:yyyy-MM-dd} 至 {result.Window[1]:yyyy-MM-dd}", 22, centre: true);
        form.Table([25, 25, 25, 25],
        [
            [FormCell.Label("总分"), FormCell.Label("等级"), FormCell.Label("数字化率"), FormCell.Label("联网率")],
            [
                new FormCell(result.Score.TotalText, Bold: true, Centre: true), new FormCell(FormText.Level(result.Score.Level), Bold: true, Centre: true),
                new FormCell(result.Indicators.Digitalization.Rate, Bold: true, Centre: true), new FormCell(result.Indicators.Networking.Rate, Bold: true, Centre: true),
            ],
        ], halfPoints: 24);
        form.Heading(3, "设备");
        form.Bars([
            Share("数字化（有佐证）", result.Indicators.Digitalization.N, result.Indicators.Digitalization.D, "4472C4"),
            Share("联网", result.Indicators.Networking.N, result.Indicators.Networking.D, "70AD47"),
            Share("联网（占数字化设备）", result.Indicators.NetworkedOfDigital, "70AD47"),
            Share("网络覆盖区域", result.Indicators.Areas.Share, "ED7D31"),
            Share("采集覆盖工序", result.Indicators.Processes.Share, "ED7D31"),
            Share("关键工序数控化", result.Indicators.KeyProcesses.Share, "ED7D31"),
            Share("数据完整率", result.Indicators.Completeness, "A5A5A5"),
        ]);
        form.Heading(3, "得分");
        form.Bars([.. result.Items.GroupBy(i => i.Dimension).Select(Dimension)]);
        if (result.Trend.Count > 0)
        {
            form.Heading(3, $"近 {Math.Min(DaysShown, result.Trend.Count)} 日有数据的设备");
            form.Bars([.. result.Trend.TakeLast(DaysShown).Select(day => Share(day.Day.ToString("MM-dd", CultureInfo.InvariantCulture), day.Sending, day.Total, "5B9BD5"))]);
        }

        Next(form, inputs);
        return form.ToBytes();
    }

    private static FormBar Dimension(IGrouping<string, ItemResult> items)
    {
        decimal points = items.Sum(i => i.Points ?? 0), max = items.Sum(i => i.Max);
        return new FormBar(items.Key, max == 0 ? 0 : (double)(points / max), $"{FormText.Points(points)} / {FormText.Points(max)} 分", "FFC000");
    }

    private static void Next(FormDocument form, FormInputs inputs)
    {
        AssessmentResult result = inputs.Result;
        form.Heading(3, "差距与提示");
        if (result.Score.Next is { } next)
        {
            form.Line($"距{next.Name}：还差 {FormText.Points(next.Score)} 分、{next.Scenes} 个场景（其中约束性 {next.Constrained} 个）。", 20);
        }

        foreach (RateResult rate in new[] { result.Indicators.Digitalization, result.Indicators.Networking })
        {
            if (rate.Next is { } step)
            {
                form.Line($"{rate.Title}：再增加 {step.Devices} 台可到选项 {step.Option}（{FormText.Points(step.Points)} 分）。", 20);
            }
        }

        if (result.Subsidy is { } subsidy)
        {
            form.Line($"补贴估算：{Short(subsidy.Text)}", 20);
        }

        foreach (Findings.Finding finding in result.Findings.OrderByDescending(f => f.Severity).Take(FindingsShown))
        {
            form.Line(Short(OpenMatters.Line(finding)), 20, colour: finding.Severity == Findings.FindingSeverity.Severe ? "C00000" : null);
        }

        foreach (string matter in OpenMatters.Of(inputs).Take(3))
        {
            form.Line(Short($"未定稿：{matter}"), 20, colour: "C00000");
        }
    }

    private static FormBar Share(string label, Fraction share, string colour) => Share(label, share.N, share.D, colour);

    private static FormBar Share(string label, long n, long d, string colour) =>
        new(label, d == 0 ? 0 : (double)n / d, FormText.Share(new Fraction(n, d)), colour);

    private static string Short(string text) => text.Length <= TextMax ? text : string.Concat(text.AsSpan(0, TextMax - 1), "…");
}
