using EdgeAgent.Core.Batches;
using EdgeAgent.Store;
using EdgeAgent.Web.Plant.Board;
using EdgeAgent.Web.Plant.Devices;
using EdgeAgent.Web.Plant.Overview;

namespace EdgeAgent.Web.Plant.Topology;

/// <summary>Draws the plant's network from definitions, births and what agents say; agents elsewhere as well as the one in this process.</summary>
internal static class TopologyWriter
{
    public static TopologyView Write(PlantState plant)
    {
        OverviewView overview = OverviewWriter.Write(plant, new AlarmCountsView(0, 0, 0, 0, 0));
        IReadOnlyList<DeviceTile> tiles = DeviceTiles.Of(plant);
        Dictionary<(string, string), string> addresses = plant.Board.Read(devices => devices.ToDictionary(d => (d.Agent.Agent, d.Name), d => d.Address));
        return new TopologyView(
            overview.At, overview.Site, overview.Enterprise, overview.Simulated,
            overview.Store is { } store ? new HubNodeView(store.Kind, store.Available, store.BrokerConnected) : null,
            BrokersOf(plant),
            [.. overview.Agents.Select(agent => new AgentNodeView(
                agent.Name, agent.Standing, agent.Version, agent.IsLocal,
                EndpointsOf(plant.Watch.Find(agent.Name)?.Health, [.. tiles.Where(t => t.Agent == agent.Name)], device => addresses.GetValueOrDefault((agent.Name, device), ""))))],
            [.. tiles.Where(t => t.Driver.Length > 0).GroupBy(t => t.Driver, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new LinkTypeView(g.Key, LinkOf(g.Key), g.Count(), g.Count(t => t.State == DeviceStanding.Online)))],
            [.. tiles.Where(t => t.Counts).GroupBy(t => (t.Area, t.Line)).OrderBy(g => g.Key)
                .Select(g => new AreaNodeView(g.Key.Area, g.Key.Line, g.Select(t => t.Asset).Distinct(StringComparer.OrdinalIgnoreCase).Count(),
                    g.Where(t => t.Device.Length > 0).Select(t => t.Asset).Distinct(StringComparer.OrdinalIgnoreCase).Count(),
                    g.Where(t => t.Networked == true).Select(t => t.Asset).Distinct(StringComparer.OrdinalIgnoreCase).Count()))]);
    }

    private static IReadOnlyList<BrokerNodeView> BrokersOf(PlantState plant)
    {
        List<BrokerNodeView> brokers = [];
        if (plant.Sources.Config.Broker is { Listen: { } listen })
        {
            brokers.Add(new BrokerNodeView(listen, true));
        }

        IEnumerable<string> outside = (plant.Sources.Config.Hub?.Broker?.Brokers ?? [])
            .Concat(plant.Sources.Config.Agent?.Publishers.SelectMany(p => p.Brokers) ?? []).Distinct(StringComparer.Ordinal);
        brokers.AddRange(outside.Where(address => !brokers.Any(b => b.Embedded && address.EndsWith(b.Address, StringComparison.Ordinal))).Select(address => new BrokerNodeView(address, false)));
        return brokers;
    }

    /// <summary>By the endpoints that the agent tells of; devices of which it has not told by the address that they share.</summary>
    private static IReadOnlyList<EndpointNodeView> EndpointsOf(AgentHealth? health, IReadOnlyList<DeviceTile> tiles, Func<string, string> addressOf)
    {
        Dictionary<string, string> endpointOf = health?.Devices.ToDictionary(d => d.Name, d => d.Endpoint, StringComparer.Ordinal) ?? [];
        List<EndpointNodeView> nodes = [];
        foreach (HealthEndpoint endpoint in health?.Endpoints ?? [])
        {
            DeviceTile[] own = [.. tiles.Where(t => endpointOf.GetValueOrDefault(t.Device) == endpoint.Name)];
            nodes.Add(new EndpointNodeView(
                endpoint.Name, endpoint.Driver, LinkOf(endpoint.Driver), endpoint.Line ?? (own.Length > 0 ? PlaceOf(addressOf(own[0].Device)) : ""), endpoint.Connected,
                endpoint.Problem, [.. own.Select(t => NodeOf(t, addressOf))]));
        }

        nodes.AddRange(tiles.Where(t => !endpointOf.ContainsKey(t.Device)).GroupBy(t => PlaceOf(addressOf(t.Device)), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new EndpointNodeView(g.Key, g.First().Driver, LinkOf(g.First().Driver), g.Key, null, null, [.. g.Select(t => NodeOf(t, addressOf))])));
        return nodes;
    }

    private static DeviceNodeView NodeOf(DeviceTile tile, Func<string, string> addressOf) =>
        new(tile.Device, tile.Asset, tile.AssetName, tile.Area, tile.Line, addressOf(tile.Device), tile.State, tile.Networked);

    /// <summary>The part of a device's address that its neighbours on the same connection share.</summary>
    internal static string PlaceOf(string address)
    {
        int host = address.IndexOf("://", StringComparison.Ordinal);
        int slash = host < 0 ? -1 : address.LastIndexOf('/');
        return slash > host + 2 ? address[..slash] : address;
    }

    internal static string LinkOf(string driver) => driver switch
    {
        "mqtt-in" => "broker",
        "file-tail" => "file",
        "http-json" or "mtconnect" => "web",
        _ when driver.EndsWith("-rtu", StringComparison.Ordinal) || driver.EndsWith("-ascii", StringComparison.Ordinal) || driver.EndsWith("-serial", StringComparison.Ordinal)
            || driver is "dlt645" or "cjt188" => "serial",
        _ => "ethernet",
    };
}
