using System.Globalization;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Reports;

/// <summary>Why a form is a draft, in the forms' own language: made from the same facts as the engine's blockers, one line for each of them.</summary>
public static class OpenMatters
{
    public static IReadOnlyList<string> Of(FormInputs inputs)
    {
        AssessmentResult result = inputs.Result;
        List<string> matters = [];
        if (result.Notice is { } notice)
        {
            matters.Add(NoticeTexts.Text(notice).Zh);
        }

        if (result.Counts.Total == 0)
        {
            matters.Add("台账中没有计入统计的设备，比率不可计算");
        }

        if (result.Provisional)
        {
            matters.Add("统计期刚结束，补传的数据仍可能到达，结果为暂定");
        }

        double days = (result.Window[1] - result.Window[0]).TotalDays;
        if (inputs.Rules.WindowDays is { } ruled && days != ruled)
        {
            matters.Add(string.Create(CultureInfo.InvariantCulture, $"统计期为 {days:0.##} 天，规则包规定为 {ruled} 天"));
        }

        if (result.Counts.Unledgered > 0)
        {
            matters.Add($"有 {result.Counts.Unledgered} 个数据源未入台账，须逐一归类");
        }

        if (result.Blockers.Any(b => b.StartsWith("hourly accounts", StringComparison.Ordinal)))
        {
            // The one matter that does not show in the result's figures.
            matters.Add("部分设备的小时账目不平，其读数未计入");
        }

        Finding[] severe = [.. result.Findings.Where(f => f.Severity == FindingSeverity.Severe)];
        if (severe.Length > 0)
        {
            matters.Add($"有 {severe.Length} 项严重疑点（{string.Join("、", severe.Select(f => f.Label).Distinct())}），须逐项处理");
        }

        if (!result.Score.Complete)
        {
            matters.Add("尚有题目或场景未作答，或缺少佐证");
        }

        return matters;
    }

    /// <summary>Each with what the engine says of it in English.</summary>
    public static IReadOnlyList<BilingualText> Both(FormInputs inputs) =>
        [.. Of(inputs).Select((zh, i) => new BilingualText(zh, i < inputs.Result.Blockers.Count ? inputs.Result.Blockers[i] : zh))];

    /// <summary>A finding in one line: what, about whom, how much it weighs. Its evidence is in the list of findings.</summary>
    public static string Line(Finding finding)
    {
        string weight = finding.Severity switch { FindingSeverity.Severe => "严重", FindingSeverity.Warning => "警告", _ => "提示" };
        string assets = finding.Assets.Count == 0 || finding.Assets.SequenceEqual([finding.Subject]) ? "" : $"，涉及 {string.Join("、", finding.Assets.Take(6))}{(finding.Assets.Count > 6 ? " 等" : "")}";
        return $"{weight}：{finding.Label}（{finding.Subject}{assets}）";
    }
}
