using EdgeAgent.Core.Batches;
using EdgeAgent.Store;

namespace EdgeAgent.Web.Plant.Board;

/// <summary>What a hub knows of one agent by what it says of itself. A snapshot.</summary>
/// <param name="Online">Whether it is connected to the broker; null before it said anything.</param>
/// <param name="SinceTicks">Since when, by its own clock.</param>
/// <param name="ToldTicks">When it was last heard, by this side's clock.</param>
/// <param name="OffsetTicks">How far its clock is ahead of this side's; null before it said.</param>
internal sealed record WatchedAgent(
    AgentKey Agent,
    bool? Online,
    string Version,
    string ConfigHash,
    Guid Incarnation,
    long SinceTicks,
    long ToldTicks,
    long? OffsetTicks,
    AgentHealth? Health,
    AgentBirth? Birth);
