using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>The two rates of a site at one instant, with everything that they rest on. Immutable.</summary>
/// <param name="Notice">What the reader must know first, for instance SIMULATED; null on a real report.</param>
/// <param name="ComputedAt">When it was computed; the same inputs give the same report whenever that is, but for being provisional.</param>
/// <param name="Provisional">Whether late readings may still change it.</param>
/// <param name="Blockers">Why this is not a final report; empty when it is.</param>
public sealed record CoverageReport(
    string? Notice,
    ReportRulePack RulePack,
    string LedgerSha256,
    string? Site,
    DateTimeOffset AsOf,
    IReadOnlyList<DateTimeOffset> Window,
    DateTimeOffset ComputedAt,
    bool Provisional,
    IReadOnlyList<string> Blockers,
    ReportCounts Counts,
    IReadOnlyList<RateResult> Items,
    ReportExtras Also,
    IReadOnlyList<DeviceResult> Devices,
    IReadOnlyList<ExcludedAsset> Exclusions,
    IReadOnlyList<UnledgeredSource> Unledgered,
    IReadOnlyList<Inconsistency> Inconsistencies)
{
    /// <summary>设备数字化率.</summary>
    public RateResult Digitalization => Items[0];

    /// <summary>设备联网率.</summary>
    public RateResult Networking => Items[1];
}

/// <param name="Total">N.</param>
/// <param name="TotalStrict">N with what is only out of use (封存, 停用).</param>
/// <param name="Networked">Assets that count as networked.</param>
/// <param name="OnlineNow">Assets that are online when the report is made; shown, never counted.</param>
/// <param name="Pending">待观察.</param>
/// <param name="Unledgered">Sources that no asset claims.</param>
/// <param name="Excluded">Ledger lines that are not in N.</param>
public sealed record ReportCounts(
    int Total, int TotalStrict, DigitalCounts Digital, int Networked, int OnlineNow, int Pending, int Unledgered, int Excluded);

/// <summary>Digital assets by how well it is shown; each count includes the next. The form takes <paramref name="Evidenced"/>.</summary>
public sealed record DigitalCounts(int Declared, int Evidenced, int Observed);

/// <summary>Rates that are printed beside the official ones (rule R4).</summary>
/// <param name="NetworkedOfDigital">Networked digital assets of the digital ones, as some regions define the rate.</param>
/// <param name="KeyProcesses">Key processes with at least one digital asset.</param>
/// <param name="Processes">Processes with at least one networked asset.</param>
public sealed record ReportExtras(Fraction NetworkedOfDigital, Fraction KeyProcesses, Fraction Processes);

/// <summary>A line of the ledger that is not in N.</summary>
/// <param name="HasData">Whether good readings of it came in the window all the same.</param>
public sealed record ExcludedAsset(
    string AssetNo, string Name, string Category, string Status, ReasonCode Reason, IReadOnlyList<string> Evidence, string Remark, bool HasData);

/// <summary>A device that sends although no asset of the ledger claims it (rule R8).</summary>
/// <param name="Asset">The asset number that it is bound to and that the ledger does not have; empty when unbound.</param>
/// <param name="Class">What a person classified it as; empty as long as nobody did, which keeps a report from being final.</param>
public sealed record UnledgeredSource(string Site, string Agent, string Device, string Driver, string Address, string Asset, long Good, string Class);

/// <summary>Two statements that cannot both be right, for a person to settle.</summary>
public sealed record Inconsistency(string Subject, string Text);
