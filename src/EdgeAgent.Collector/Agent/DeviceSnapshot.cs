using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>How one device fares.</summary>
/// <param name="Name">Device name.</param>
/// <param name="Endpoint">The endpoint it is behind.</param>
/// <param name="Asset">Its asset number, empty when unbound.</param>
/// <param name="Address">Its physical address.</param>
/// <param name="Provenance">Where its readings come from, as found at the device or configured.</param>
/// <param name="Online">Whether it is connected and answered last time.</param>
/// <param name="Quarantined">Whether it is only probed now and then because it does not answer.</param>
/// <param name="Counts">Its readings since the agent started.</param>
/// <param name="LastGoodTicks">Source time of its newest good reading, 0 before the first.</param>
/// <param name="PeriodMs">Configured period of its fastest scan class.</param>
/// <param name="AchievedPeriodMs">What that period comes to, or the time between arrivals of a device that sends by itself; NaN before the second.</param>
/// <param name="JitterMs">Average change of the lateness from scan to scan.</param>
/// <param name="LatenessMaxMs">Largest lateness of a scan.</param>
/// <param name="ScanMs">Average duration of a scan.</param>
/// <param name="Overruns">Scans that took longer than their period.</param>
/// <param name="Problem">What is wrong, for people; null when nothing is.</param>
/// <param name="Lost">Readings that a device which sends by itself is known to have sent and that never arrived.</param>
public sealed record DeviceSnapshot(
    string Name,
    string Endpoint,
    string Asset,
    string Address,
    Provenance Provenance,
    bool Online,
    bool Quarantined,
    ReadingCounts Counts,
    long LastGoodTicks,
    int PeriodMs,
    double AchievedPeriodMs,
    double JitterMs,
    double LatenessMaxMs,
    double ScanMs,
    long Overruns,
    string? Problem,
    long Lost)
{
    /// <summary>What was wrong lately, newest first.</summary>
    public IReadOnlyList<PastProblem> Problems { get; init; } = [];

    /// <summary>Gives the last frames on the wire, newest first, as they stand when it is called; null where the driver does not remember them.</summary>
    public Func<IReadOnlyList<WireFrame>>? ReadFrames { get; init; }
}
