using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>What one configuration asks of the pipeline, as arrays by the dense numbers of that configuration.</summary>
/// <param name="Definition">The definition that goes into the chain.</param>
/// <param name="Rules">By tag id.</param>
/// <param name="Placements">Where each endpoint's numbers begin.</param>
/// <param name="GroupCount">Scan groups of all endpoints together.</param>
internal sealed record PlantTables(
    PlantDefinition Definition, TagRule[] Rules, IReadOnlyList<EndpointPlacement> Placements, int GroupCount);

/// <param name="Slot">The endpoint.</param>
/// <param name="TagBase">Id of its first tag.</param>
/// <param name="DeviceBase">Id of its first device.</param>
/// <param name="GroupBase">Number of its first scan group.</param>
/// <param name="TagCount">Its tags.</param>
/// <param name="GroupCount">Its scan groups.</param>
internal sealed record EndpointPlacement(EndpointSlot Slot, int TagBase, int DeviceBase, int GroupBase, int TagCount, int GroupCount)
{
    /// <summary>For an endpoint that starts: up to when everything due of it is counted; null when nothing was due before, and for one that goes on.</summary>
    public long? SinceTicks { get; init; }
}
