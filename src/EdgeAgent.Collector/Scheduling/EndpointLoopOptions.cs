using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>What one endpoint's loop has to do.</summary>
/// <param name="Name">The endpoint's name.</param>
/// <param name="DeviceNames">Its devices, in order.</param>
/// <param name="Groups">Its scan groups, in order.</param>
/// <param name="Grids">When each group is due.</param>
/// <param name="Provenance">What the configuration says about the readings' origin.</param>
/// <param name="AccountedUntilTicks">The instant up to which everything due is counted already, or null when nothing was ever due before.</param>
/// <param name="FirstConnectDelayMs">How long to wait before the first connect, so that many endpoints do not start in one instant.</param>
internal sealed record EndpointLoopOptions(
    string Name,
    IReadOnlyList<string> DeviceNames,
    IReadOnlyList<ScanGroup> Groups,
    IReadOnlyList<ScanGrid> Grids,
    Provenance Provenance,
    long? AccountedUntilTicks,
    int FirstConnectDelayMs = 0);
