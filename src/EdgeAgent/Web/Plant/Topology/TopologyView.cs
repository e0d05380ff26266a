using EdgeAgent.Web.Wording;
using EdgeAgent.Web.Plant.Board;

namespace EdgeAgent.Web.Plant.Topology;

/// <summary>What is connected to what, from configuration and observation.</summary>
/// <param name="Hub">Null on a gateway.</param>
/// <param name="Brokers">Between agents and hub, as far as this process knows them.</param>
/// <param name="Links">Devices by kind of link.</param>
/// <param name="Areas">Workshops and lines of the ledger with their machines, connected or not.</param>
internal sealed record TopologyView(
    DateTimeOffset At, string Site, string? Enterprise, bool Simulated, HubNodeView? Hub, IReadOnlyList<BrokerNodeView> Brokers, IReadOnlyList<AgentNodeView> Agents,
    IReadOnlyList<LinkTypeView> Links, IReadOnlyList<AreaNodeView> Areas);

internal sealed record HubNodeView(string Store, bool StoreAvailable, bool BrokerConnected);

/// <param name="Embedded">Whether it is the broker within this process.</param>
internal sealed record BrokerNodeView(string Address, bool Embedded);

/// <param name="Standing">As in the overview.</param>
internal sealed record AgentNodeView(string Name, string Standing, string Version, bool IsLocal, IReadOnlyList<EndpointNodeView> Endpoints);

/// <summary>One connection to devices.</summary>
/// <param name="Name">Name in the configuration; the address where the agent has not said the name.</param>
/// <param name="Link">ethernet, serial, broker, file or web: the medium, from the driver.</param>
/// <param name="Connected">Null when the agent has not said.</param>
internal sealed record EndpointNodeView(
    string Name, string Driver, string Link, string Address, bool? Connected, string? Problem, IReadOnlyList<DeviceNodeView> Devices)
{
    /// <summary>The problem in Chinese; null where there is none or the phrasebook does not have it.</summary>
    public string? ProblemZh => Phrasebook.Chinese.Known(Problem);
}

internal sealed record DeviceNodeView(string Name, string Asset, string AssetName, string Area, string Line, string Address, DeviceStanding State, bool? Networked);

internal sealed record LinkTypeView(string Driver, string Link, int Devices, int Online);

/// <param name="Machines">Machines of the denominator that stand there.</param>
internal sealed record AreaNodeView(string Area, string Line, int Machines, int Connected, int Networked);
