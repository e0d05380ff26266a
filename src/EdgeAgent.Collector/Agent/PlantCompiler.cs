using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Collector.Publishing;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>Compiles the endpoints of a configuration with their drivers, without touching a device.</summary>
public static class PlantCompiler
{
    /// <summary>Adds everything that drivers find wrong, as <c>edgeagent check</c> needs it.</summary>
    public static void Check(AgentConfig agent, DriverRegistry drivers, ConfigErrors errors) => Compile(agent, drivers, errors);

    /// <summary>How much of their lines' time the endpoints on serial ports ask for; empty when the configuration has errors.</summary>
    public static IReadOnlyList<LineLoad> LineLoads(AgentConfig agent, DriverRegistry drivers) =>
        Compile(agent, drivers, new ConfigErrors()) is { } plant ? [.. plant.Endpoints.Select(LineRules.LoadOf).OfType<LineLoad>()] : [];

    /// <summary>Where the endpoints stand, so that nobody takes a line from another; empty when the configuration has errors.</summary>
    public static IReadOnlyList<EndpointPlace> Places(AgentConfig agent, DriverRegistry drivers) =>
        Compile(agent, drivers, new ConfigErrors()) is { } plant
            ? [.. plant.Endpoints.Select(static e => new EndpointPlace(
                e.Name, e.Config.Driver, (e.Plan as ILinePlan)?.Port?.Port, e.Plan.Devices.Count > 0 ? e.Plan.Devices[0].Address : ""))]
            : [];

    /// <returns>Null when there was an error.</returns>
    internal static CompiledPlant? Compile(AgentConfig agent, DriverRegistry drivers, ConfigErrors errors)
    {
        int before = errors.Total;
        var endpoints = new List<CompiledEndpoint>();
        int ordinal = 0;
        int deviceBase = 0;
        for (int i = 0; i < agent.Endpoints.Count; i++)
        {
            EndpointConfig endpoint = agent.Endpoints[i];
            ConfigPath path = ConfigPath.Root.Member("agent").Member("endpoints").Index(i);
            if (PlanOf(endpoint, path, drivers, errors) is { } plan)
            {
                CompiledEndpoint compiled = Assemble(agent, endpoint, plan, ordinal, deviceBase);
                ordinal += compiled.Groups.Count;
                deviceBase += compiled.Devices.Count;
                endpoints.Add(compiled);
            }
        }

        LineRules.Check(agent, endpoints, errors);
        PublisherChecks.Check(agent, errors);
        return errors.Total > before ? null : CompiledPlant.Of(endpoints);
    }

    private static IEndpointPlan? PlanOf(EndpointConfig endpoint, ConfigPath path, DriverRegistry drivers, ConfigErrors errors)
    {
        if (!drivers.TryGet(endpoint.Driver, out IDriverFactory? factory))
        {
            errors.Add(path.Member("driver"), $"there is no driver '{endpoint.Driver}'", string.Join(", ", drivers.Names), "");
            return null;
        }

        return factory.Compile(endpoint, path, errors);
    }

    private static CompiledEndpoint Assemble(AgentConfig agent, EndpointConfig endpoint, IEndpointPlan plan, int ordinal, int deviceBase)
    {
        int count = endpoint.Devices.Sum(static device => device.Tags.Count);
        var devices = new List<DeviceDefinition>(endpoint.Devices.Count);
        var tags = new List<TagDefinition>(count);
        var rules = new TagRule[count];
        for (int device = 0; device < endpoint.Devices.Count; device++)
        {
            DeviceConfig config = endpoint.Devices[device];
            devices.Add(new DeviceDefinition(config.Name, endpoint.Driver, plan.Devices[device].Address, config.Asset));
            for (int i = 0; i < config.Tags.Count; i++)
            {
                TagConfig tag = config.Tags[i];
                rules[tags.Count] = TagRules.RuleOf(tag);
                tags.Add(new TagDefinition(
                    deviceBase + device, tag.Name, TagRules.KindOf(tag, plan.Devices[device].RawKinds[i]), UnitOf(tag, plan.Devices[device], i), IntervalOf(agent, tag),
                    tag.Decimals ?? (tag.Scale is null ? plan.Devices[device].Decimals?[i] : null) ?? -1));
            }
        }

        List<ScanGroup> groups = GroupsOf(tags, deviceBase);
        return new CompiledEndpoint(
            endpoint, plan, groups, [.. groups.Select(group => ScanGrid.Create(group.IntervalMs, ordinal + group.Index))],
            devices, tags, rules, deviceBase);
    }

    /// <summary>A scaled value is in a unit that only the configuration can know.</summary>
    private static string UnitOf(TagConfig tag, DevicePlan device, int index) =>
        tag.Unit ?? (tag.Scale is null ? device.Units?[index] : null) ?? "";

    private static List<ScanGroup> GroupsOf(List<TagDefinition> tags, int deviceBase) =>
    [
        .. tags.Select((tag, id) => (tag, id))
            .GroupBy(item => (item.tag.DeviceId, item.tag.IntervalMs), item => item.id)
            .OrderBy(group => group.Key)
            .Select((group, index) => new ScanGroup(index, group.Key.DeviceId - deviceBase, group.Key.IntervalMs, [.. group])),
    ];

    private static int IntervalOf(AgentConfig agent, TagConfig tag) =>
        agent.ScanClasses.TryGetValue(tag.Scan ?? ScanClassConfig.DefaultName, out ScanClassConfig? scanClass)
            ? scanClass.IntervalMs
            : ScanClassConfig.DefaultIntervalMs;
}
