using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Web.Plant.Board;

namespace EdgeAgent.Web.Plant.Rates;

/// <summary>What ledger and assessment say at one moment, ready to be looked up by device. Immutable.</summary>
/// <param name="Ledger">Null when there is none to be read.</param>
/// <param name="Result">Null before the first assessment, and without a ledger.</param>
/// <param name="Problem">Why there is no assessment, or why it is an old one; null when all is well.</param>
internal sealed record PlantLedger(DeviceLedger? Ledger, AssessmentResult? Result, string? Problem)
{
    private readonly Dictionary<string, DeviceResult> _byAsset =
        Result?.Devices.ToDictionary(d => d.AssetNo, StringComparer.OrdinalIgnoreCase) ?? new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, ExcludedAsset> _excluded =
        Result?.Exclusions.GroupBy(e => e.AssetNo, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase)
        ?? new(StringComparer.OrdinalIgnoreCase);

    public static PlantLedger Empty { get; } = new(null, null, null);

    /// <summary>The asset number that a device speaks for: what a person recorded goes before what the configuration says; empty for none.</summary>
    public string AssetOf(BoardDevice device, long nowTicks) => AssetOf(device.Agent.Agent, device.Name, device.Asset, nowTicks);

    public string AssetOf(string agent, string device, string asset, long nowTicks) =>
        (Ledger?.FindBinding(agent, device, nowTicks)?.AssetNo ?? asset).Trim();

    public LedgerEntry? EntryOf(string assetNo) => assetNo.Length == 0 ? null : Ledger?.Find(assetNo);

    /// <summary>What the assessment found about an asset of the denominator; null for others.</summary>
    public DeviceResult? VerdictOf(string assetNo) => _byAsset.GetValueOrDefault(assetNo);

    /// <summary>Why an asset is not in the denominator; null when it is, or is in no ledger.</summary>
    public ExcludedAsset? ExclusionOf(string assetNo) => _excluded.GetValueOrDefault(assetNo);
}
