using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Core.Configuration;

/// <summary>What differs between the running configuration and a new one, so that a reload touches only that.</summary>
/// <param name="Endpoints">Endpoints whose connection must be made anew, added or taken down: driver, settings or provenance differ.</param>
/// <param name="Devices">Devices that were added, removed or changed behind endpoints that stay as they are; a changed period of a scan class changes its devices.</param>
/// <param name="Publishers">Publishers added, removed or changed.</param>
/// <param name="Agent">Whether something of the agent itself differs (id, directory, flushing, buffer): needs a restart of the agent.</param>
/// <param name="Site">Whether the site's name differs: needs a restart of everything.</param>
/// <param name="Broker">Whether the embedded broker's section differs.</param>
/// <param name="Hub">Whether the hub's section differs.</param>
/// <param name="Web">Whether the web section differs.</param>
/// <param name="Logging">Whether the logging section differs.</param>
public sealed record ConfigDiff(
    ItemChanges Endpoints,
    ItemChanges Devices,
    ItemChanges Publishers,
    bool Agent,
    bool Site,
    bool Broker,
    bool Hub,
    bool Web,
    bool Logging)
{
    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => Endpoints.IsEmpty && Devices.IsEmpty && Publishers.IsEmpty && !(Agent || Site || Broker || Hub || Web || Logging);

    public static ConfigDiff Between(AppConfig before, AppConfig after)
    {
        AgentConfig? old = before.Agent, now = after.Agent;
        Dictionary<string, EndpointConfig> oldEndpoints = EndpointsOf(old), newEndpoints = EndpointsOf(now);
        ItemChanges endpoints = ItemChanges.Between(oldEndpoints, newEndpoints, static (a, b) =>
            Same(a with { Devices = [] }, b with { Devices = [] }, ConfigJson.Default.EndpointConfig));
        var kept = oldEndpoints.Keys.Where(name => newEndpoints.ContainsKey(name) && !endpoints.Changed.Contains(name)).ToList();
        var changedClasses = ChangedScanClasses(old, now);
        ItemChanges devices = ItemChanges.Between(
            DevicesOf(kept, oldEndpoints), DevicesOf(kept, newEndpoints),
            (a, b) => a.Endpoint == b.Endpoint
                && Same(a.Device, b.Device, ConfigJson.Default.DeviceConfig)
                && !b.Device.Tags.Any(t => changedClasses.Contains(t.Scan ?? ScanClassConfig.DefaultName)));
        ItemChanges publishers = ItemChanges.Between(
            PublishersOf(old), PublishersOf(now), static (a, b) => Same(a, b, ConfigJson.Default.PublisherConfig));
        return new ConfigDiff(
            endpoints,
            devices,
            publishers,
            !Same(Itself(old), Itself(now), ConfigJson.Default.AgentConfig),
            before.Site != after.Site,
            !Same(before.Broker, after.Broker, ConfigJson.Default.BrokerConfig),
            !Same(before.Hub, after.Hub, ConfigJson.Default.HubConfig),
            !Same(before.Web, after.Web, ConfigJson.Default.WebConfig),
            !Same(before.Logging, after.Logging, ConfigJson.Default.LoggingConfig));
    }

    /// <summary>Compares by content. Records with lists and JSON settings do not: their equality is by reference there.</summary>
    private static bool Same<T>(T? a, T? b, JsonTypeInfo<T> type)
        where T : class =>
        ReferenceEquals(a, b)
        || (a is not null && b is not null && JsonElement.DeepEquals(JsonSerializer.SerializeToElement(a, type), JsonSerializer.SerializeToElement(b, type)));

    private static AgentConfig? Itself(AgentConfig? agent) => agent is null ? null : agent with
    {
        Endpoints = [],
        Publishers = [],
        ScanClasses = new Dictionary<string, ScanClassConfig>(),
    };

    private static HashSet<string> ChangedScanClasses(AgentConfig? old, AgentConfig? now)
    {
        IEnumerable<string> names = (old?.ScanClasses.Keys ?? []).Concat(now?.ScanClasses.Keys ?? []).Append(ScanClassConfig.DefaultName);
        return [.. names.Where(name => Interval(old, name) != Interval(now, name))];
    }

    private static int Interval(AgentConfig? agent, string name) =>
        agent is not null && agent.ScanClasses.TryGetValue(name, out ScanClassConfig? scan) ? scan.IntervalMs
        : name == ScanClassConfig.DefaultName ? ScanClassConfig.DefaultIntervalMs
        : 0;

    private static Dictionary<string, EndpointConfig> EndpointsOf(AgentConfig? agent) =>
        (agent?.Endpoints ?? []).ToDictionary(static e => e.Name, StringComparer.Ordinal);

    private static Dictionary<string, PublisherConfig> PublishersOf(AgentConfig? agent) =>
        (agent?.Publishers ?? []).ToDictionary(static p => p.Name, StringComparer.Ordinal);

    private static Dictionary<string, (string Endpoint, DeviceConfig Device)> DevicesOf(List<string> kept, Dictionary<string, EndpointConfig> endpoints) =>
        kept.SelectMany(name => endpoints[name].Devices.Select(device => (name, device)))
            .ToDictionary(static d => d.device.Name, StringComparer.Ordinal);
}
