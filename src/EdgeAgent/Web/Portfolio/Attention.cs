using System.Globalization;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Portfolio;

namespace EdgeAgent.Web.Portfolio;

/// <summary>Why somebody of the provider should look at an enterprise, and how urgently.</summary>
internal static class Attention
{
    /// <summary>Before the acceptance there has to be time for the days that networking asks for, and once more.</summary>
    private const int DaysSoon = 30;

    private const int CloseDevices = 2;
    private const decimal CompletenessLeast = 0.9m;

    /// <param name="now">For how long it has been silent.</param>
    public static IReadOnlyList<AttentionView> Of(EnterpriseSummary e, int agentsSilent, int agents, int? alarms, int? daysLeft, DateTimeOffset now) =>
    [
        .. new AttentionView?[]
        {
            e.Problem is null ? null : new("NO_LEDGER", 60, new($"无法评测：{(e.Problem == PortfolioEnterprise.NoLedger.En ? PortfolioEnterprise.NoLedger.Zh : e.Problem)}", $"Cannot be assessed: {e.Problem}")),
            !e.StoppedSending ? null : new("STOPPED_SENDING", 90, Silent(e, now)),
            agentsSilent == 0 || e.StoppedSending ? null : new("AGENTS_OFFLINE", 50, new($"{agentsSilent}/{agents} 个采集端无数据", $"{agentsSilent} of {agents} agents send nothing")),
            e.SevereFindings == 0 ? null : new("SEVERE_FINDINGS", 70, new(
                $"{e.SevereFindings} 项严重疑点：{string.Join("、", e.FindingCodes.Select(c => c.Label()))}", $"{e.SevereFindings} severe findings: {string.Join(", ", e.FindingCodes.Select(c => c.Text()))}")),
            daysLeft is < 0 ? new("OVERDUE", 80, new($"项目期已过 {-daysLeft} 天", $"The project ended {-daysLeft} days ago"))
                : daysLeft is <= DaysSoon ? new("ACCEPTANCE_SOON", 40, new($"距项目结束还有 {daysLeft} 天", $"{daysLeft} days to the end of the project")) : null,
            e.Problem is not null || e.Level >= 2 ? null : new("BELOW_LEVEL_2", 30, new($"未达二级（{Number(e.Score)} 分）", $"Below level 2 ({Number(e.Score)} points)")),
            e.Problem is not null || e.Completeness.D == 0 || e.Completeness.IsAtLeast(CompletenessLeast) ? null
                : new("LOW_COMPLETENESS", 20, new($"数据完整率 {e.Completeness.Percent}", $"Completeness {e.Completeness.Percent}")),
            alarms is null or 0 ? null : new("ALARMS", 20, new($"{alarms} 条未恢复报警", $"{alarms} active alarms")),
            e.Unledgered == 0 ? null : new("UNLEDGERED", 15, new($"{e.Unledgered} 个数据源未入台账", $"{e.Unledgered} sources are in no ledger")),
            e.Problem is not null || e.Complete ? null : new("INCOMPLETE", 10, new("问卷或场景尚未答完", "Items or scenes are not answered yet")),
            e.DevicesToNextOption is { } devices and <= CloseDevices ? new("CLOSE_TO_NEXT", 5, new($"再联网或数字化 {devices} 台即可进下一档", $"{devices} more devices reach the next option")) : null,
            e.Notice is null ? null : new("SIMULATED", 1, new("含模拟数据", "Holds simulated data")),
        }.OfType<AttentionView>().OrderByDescending(a => a.Weight),
    ];

    public static ShareView? ShareOf(RateResult? rate) => rate is null ? null : new(rate.N, rate.D);

    private static BilingualText Silent(EnterpriseSummary e, DateTimeOffset now)
    {
        if (e.LastData is not { } last)
        {
            return new("没有收到任何数据", "Has sent nothing at all");
        }

        int days = Math.Max(1, (int)(now - last).TotalDays);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"已 {days} 天没有上送数据（最近 {last.ToOffset(ShanghaiTime.Offset):MM-dd HH:mm}）"),
            string.Create(CultureInfo.InvariantCulture, $"Has sent nothing for {days} {(days == 1 ? "day" : "days")} (last on {last.ToOffset(ShanghaiTime.Offset):MM-dd HH:mm})"));
    }

    private static string Number(decimal score) => score.ToString("0.##", CultureInfo.InvariantCulture);
}
