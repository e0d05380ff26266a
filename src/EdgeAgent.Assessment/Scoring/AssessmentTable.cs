using System.Globalization;
using System.Text;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>An assessment as text for a console.</summary>
public static class AssessmentTable
{
    private const int TrendDaysShown = 10;

    public static string Write(AssessmentResult result)
    {
        StringBuilder text = new();
        if (result.Notice is { } notice)
        {
            text.AppendLine($"*** {notice} ***").AppendLine();
        }

        text.AppendLine($"As of      {Time(result.AsOf)}");
        text.AppendLine($"Window     {Time(result.Window[0])} to {Time(result.Window[1])} ({result.RulePack.WindowUsed}{(result.RulePack.WindowIsOverride ? ", not the pack's" : "")})");
        text.AppendLine($"Rule pack  {result.RulePack.Id} version {result.RulePack.Version}, SHA-256 {result.RulePack.Sha256}");
        text.AppendLine($"Ledger     SHA-256 {result.LedgerSha256}");
        text.AppendLine();
        ScoreResult score = result.Score;
        text.AppendLine($"得分 {score.TotalText}：数字化基础 {LevelRule.Shown(score.Foundation)}，数字化管理 {LevelRule.Shown(score.Management)}，数字化成效 {LevelRule.Shown(score.Effect)}（题 1–4 {LevelRule.Shown(score.Collected)}）");
        text.AppendLine($"等级 {score.LevelName}{(score.Complete ? "" : "（答案不全，仅供参考）")}");
        if (score.Next is { } next)
        {
            text.AppendLine($"距 {next.Name}：差 {LevelRule.Shown(next.Score)} 分、{next.Scenes} 个场景（其中约束性 {next.Constrained} 个）");
        }

        if (result.Subsidy is { } subsidy)
        {
            text.AppendLine($"补贴 {subsidy.Text}");
        }

        text.AppendLine();
        Items(text, result);
        Scenes(text, result);
        Indicators(text, result);
        Trend(text, result);
        Findings(text, result);
        text.AppendLine(result.Blockers.Count == 0 ? "This assessment is final." : "Not final:");
        foreach (string blocker in result.Blockers)
        {
            text.AppendLine($" - {blocker}");
        }

        return text.ToString();
    }

    private static void Items(StringBuilder text, AssessmentResult result)
    {
        TextTable table = new("题", "采集项", "答案", "来源", "得分", "满分", "备注");
        foreach (ItemResult item in result.Items)
        {
            string answer = item.Option is { } option && item.Value is { } value ? $"{option} {value}" : item.Ticked.Count > 0 ? string.Join("、", item.Ticked) : "—";
            string remark = string.Join("; ", item.Problems.Select(p => p.En).Append(item.Next is { } n ? $"再 {n.Devices} 台达 {n.Option}（{n.Points:0.##} 分）" : "").Where(r => r.Length > 0));
            table.Add($"{item.No}", item.Collected, answer.Length > 60 ? answer[..59] + "…" : answer, Source(item.Source), item.Points is { } p ? LevelRule.Shown(p) : "不可计算", $"{item.Max:0.##}", remark);
        }

        text.Append(table).AppendLine();
    }

    private static void Scenes(StringBuilder text, AssessmentResult result)
    {
        TextTable table = new("场景", "等级", "数据支持", "采集事实");
        foreach (SceneResult scene in result.Scenes)
        {
            table.Add(
                scene.Name + (scene.Constrained ? "*" : ""), scene.Source == AnswerSource.Missing ? "—" : $"{scene.Level}", scene.SupportedLevel is { } level ? $"{level}" : "",
                string.Join("; ", scene.Problems.Concat(scene.Facts).Select(t => t.En)));
        }

        text.Append(table).AppendLine();
    }

    private static void Indicators(StringBuilder text, AssessmentResult result)
    {
        IndicatorSet i = result.Indicators;
        TextTable table = new("指标", "值", "缺");
        table.Add("设备数字化率（佐证）", i.Digitalization.Rate, "");
        table.Add("设备数字化率（申报 / 实测）", $"{i.DigitalDeclared} / {i.DigitalObserved}", "");
        table.Add("设备联网率", i.Networking.Rate, "");
        table.Add("设备联网率（占数字化设备）", $"{i.NetworkedOfDigital}", "");
        table.Add("设备联网率（含封存停用）", $"{i.NetworkedStrict}", "");
        table.Add("网络覆盖（区域）", $"{i.Areas.Share}", Missing(i.Areas));
        table.Add("链路", string.Join(", ", i.Links.Select(l => $"{l.Link} {l.Devices}")), "");
        table.Add("数据采集覆盖（环节）", $"{i.Scenes.Share}", Missing(i.Scenes));
        table.Add("数据采集覆盖（工序）", $"{i.Processes.Share}", Missing(i.Processes));
        table.Add("数据采集覆盖（测点）", $"{i.Points.Share}", Missing(i.Points));
        table.Add("数据完整率", $"{i.Completeness}", "");
        table.Add("关键工序数控化率", $"{i.KeyProcesses.Share}", Missing(i.KeyProcesses));
        table.Add("在线", $"{result.Counts.OnlineNow}/{result.Counts.Total}", "");
        text.Append(table).AppendLine();
    }

    private static void Trend(StringBuilder text, AssessmentResult result)
    {
        if (result.Trend.Count == 0)
        {
            return;
        }

        TextTable table = new("日期", "设备", "数字化", "联网", "有数据", "完整");
        foreach (DayTrend day in result.Trend.Skip(result.Trend.Count - TrendDaysShown))
        {
            table.Add($"{day.Day:yyyy-MM-dd}", $"{day.Total}", $"{day.Digital}", $"{day.Networked}", $"{day.Sending}", new Fraction(day.Good, day.Due).Percent);
        }

        text.Append(table).AppendLine();
    }

    private static void Findings(StringBuilder text, AssessmentResult result)
    {
        if (result.Findings.Count == 0)
        {
            return;
        }

        TextTable table = new("程度", "发现", "对象", "说明", "证据");
        foreach (Finding finding in result.Findings.OrderByDescending(f => f.Severity))
        {
            table.Add(
                finding.Severity switch { FindingSeverity.Severe => "严重", FindingSeverity.Warning => "警告", _ => "提示" }, $"{finding.Label} {finding.Code.Text()}", finding.Subject, finding.Text,
                string.Join("; ", finding.Evidence.Take(3).Select(e => $"{e.What}: {e.Value}")));
        }

        text.Append(table).AppendLine();
    }

    private static string Missing(Coverage coverage) => coverage.Missing.Count <= 5 ? string.Join("、", coverage.Missing) : $"{string.Join("、", coverage.Missing.Take(5))} …（{coverage.Missing.Count}）";

    private static string Source(AnswerSource source) => source switch
    {
        AnswerSource.Computed => "计算",
        AnswerSource.Derived => "推导",
        AnswerSource.Typed => "人工",
        AnswerSource.Mixed => "计算+人工",
        _ => "缺",
    };

    private static string Time(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture);
}
