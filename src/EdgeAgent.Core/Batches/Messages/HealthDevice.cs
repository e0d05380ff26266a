namespace EdgeAgent.Core.Batches;

/// <summary>How one device fares at its agent.</summary>
/// <param name="Online">Whether it is connected and answered last time.</param>
/// <param name="Quarantined">Whether it is only probed now and then because it does not answer.</param>
/// <param name="Provenance"><c>live</c>, <c>simulated</c>, <c>replayed</c> or <c>imported</c>, as found at the device or configured.</param>
/// <param name="PeriodMs">Configured period of its fastest scan class.</param>
/// <param name="AchievedPeriodMs">What it comes to; null before the second scan.</param>
/// <param name="JitterMs">Average change of the lateness from scan to scan.</param>
/// <param name="Overruns">Scans that took longer than their period.</param>
/// <param name="LastGoodTicks">Source time of its newest good reading; null before the first.</param>
/// <param name="Problem">What is wrong, for people; null when nothing is.</param>
public sealed record HealthDevice(
    string Name,
    string Endpoint,
    bool Online,
    bool Quarantined,
    string Provenance,
    double PeriodMs,
    double? AchievedPeriodMs = null,
    double? JitterMs = null,
    long Overruns = 0,
    long? LastGoodTicks = null,
    string? Problem = null);
