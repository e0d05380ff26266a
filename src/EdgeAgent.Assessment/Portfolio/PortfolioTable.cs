using System.Text;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Portfolio;

/// <summary>A roll-up as text for a console.</summary>
public static class PortfolioTable
{
    public static string Write(PortfolioReport report)
    {
        StringBuilder text = new();
        text.AppendLine($"As of {report.AsOf:yyyy-MM-dd HH:mm:sszzz}, rule pack {report.RulePackId}");
        text.AppendLine($"企业 {report.Enterprises} 家；二级及以上 {report.AtLevel2}；{string.Join("，", report.ByLevel.Select(l => $"{l.Level} 级 {l.Enterprises}"))}").AppendLine();
        TextTable sites = new("站点", "企业", "行业", "等级", "得分", "设备", "数字化率", "联网率", "完整率", "严重发现", "最近数据", "备注");
        foreach (EnterpriseSummary e in report.Sites)
        {
            sites.Add(
                e.Site, e.Name, e.Industry, e.LevelName, LevelRule.Shown(e.Score), $"{e.Total}", e.Digitalization?.Rate ?? "", e.Networking?.Rate ?? "", e.Completeness.Percent, $"{e.SevereFindings}",
                e.LastData is { } last ? $"{last:yyyy-MM-dd HH:mm}" : "—", e.Problem ?? (e.StoppedSending ? "停止上传" : e.ToNextLevel));
        }

        text.Append(sites).AppendLine();
        TextTable industries = new("行业", "企业", "数字化率", "联网率", "完整率", "二级及以上");
        foreach (IndustrySummary i in report.ByIndustry)
        {
            industries.Add(i.Industry.Length == 0 ? "（未登记）" : i.Industry, $"{i.Enterprises}", $"{i.Digitalization}", $"{i.Networking}", i.Completeness.Percent, $"{i.AtLevel2}");
        }

        text.Append(industries);
        if (report.CloseToNextOption.Count > 0)
        {
            TextTable close = new("站点", "题", "现选项", "下一选项", "差设备", "增分");
            foreach (CloseEnterprise c in report.CloseToNextOption)
            {
                close.Add(c.Site, $"{c.Item}", c.Option, c.Next, $"{c.Devices}", $"{c.Points:0.##}");
            }

            text.AppendLine().Append(close);
        }

        return text.ToString();
    }
}
