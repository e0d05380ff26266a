using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Assessment.Scoring;

namespace EdgeAgent.Assessment.Reports;

/// <summary>What the forms are filled from.</summary>
/// <param name="Pack">Id and manifest hash of the evidence pack behind the figures; null when none was made.</param>
/// <param name="Pages">Page of each chapter of the summary report, by its number; null where nobody could count them.</param>
public sealed record FormInputs(
    AssessmentResult Result, DeviceLedger Ledger, RulePack Rules, (string Id, string ManifestSha256)? Pack = null, IReadOnlyDictionary<string, int>? Pages = null)
{
    public EnterpriseProfile? Profile => Ledger.Profile;

    public ProjectProfile? Project => Ledger.Project;

    /// <summary>Why the forms cannot be filled; null when they can.</summary>
    public BilingualText? Blocked => Result.Counts.Total == 0
        ? new(
            "生产设备总数为 0，数字化率和联网率不可计算：设备台账中没有计入统计的在用生产设备。请先导入设备台账（edgeagent ledger import）。",
            "No asset of the ledger counts, so the rates cannot be computed: the ledger has no production equipment in use. Import the device ledger first (edgeagent ledger import).")
        : null;

    public bool IsDraft => Result.Provisional || Result.Blockers.Count > 0;

    /// <summary>Stands on top of every page; empty on a final form of real data.</summary>
    public string Label => string.Join(
        "    ",
        new[] { Result.Notice is null ? null : "模拟数据 SIMULATED，不得用于申报", IsDraft ? "草稿 DRAFT" : null }.OfType<string>());

    /// <summary>What every page says about where its figures come from.</summary>
    public string Footer => $"规则包 {Rules.Id} {Rules.Version}（{Short(Result.RulePack.Sha256)}）  台账 {Short(Result.LedgerSha256)}  统计时点 {Result.AsOf:yyyy-MM-dd HH:mm}"
        + (Pack is { } pack ? $"  佐证包 {pack.Id}（{Short(pack.ManifestSha256)}）" : "");

    private static string Short(string hash) => hash.Length <= 8 ? hash : hash[..8];
}
