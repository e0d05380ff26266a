using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Acceptance;

/// <summary>Reads every tag of one device several times, over a connection of its own, and judges what came.</summary>
public static class AcceptanceTest
{
    /// <exception cref="AgentStartException">The configuration is wrong, or has no such device, or the device has no tags.</exception>
    public static async Task<AcceptanceRecord> RunAsync(
        string site, AgentConfig agent, AgentServices services, string device, AcceptanceOptions options, CancellationToken cancellation)
    {
        var errors = new ConfigErrors();
        CompiledPlant plant = PlantCompiler.Compile(agent, services.Drivers, errors)
            ?? throw new AgentStartException("The configuration of the agent is wrong.", errors);
        (CompiledEndpoint endpoint, int index) = Find(plant, device);
        DeviceConfig config = endpoint.Config.Devices[index];
        bool isPushed = endpoint.Plan is IPushedEndpointPlan;
        ScanGroup[] groups =
        [
            .. endpoint.Groups.Where(group => group.Device == index)
                .Select((group, i) => group with { Index = i, IntervalMs = isPushed ? group.IntervalMs : Math.Min(group.IntervalMs, options.PeriodMsMost) }),
        ];
        if (groups.Length == 0)
        {
            throw new AgentStartException($"Device {device} has no tags, so there is nothing to accept.");
        }

        Dictionary<int, TagTally> tallies = Tallies(endpoint, config, groups, agent, isPushed);
        DateTimeOffset begun = services.Time.GetUtcNow();
        var trial = new Trial(tallies, options, services.Time);
        var surroundings = new EndpointServices(groups, services.Time, services.Loggers);
        IEndpoint line = isPushed
            ? ((IPushedEndpointPlan)endpoint.Plan).Open(surroundings, previous: null)
            : ((IPolledEndpointPlan)endpoint.Plan).Open(surroundings, previous: null);
        bool simulated;
        Dictionary<string, string> identity;
        await using (line.ConfigureAwait(false))
        {
            await (line is IPushedEndpoint pushed ? trial.ListenAsync(pushed, cancellation) : trial.AskAsync((IPolledEndpoint)line, groups, cancellation))
                .ConfigureAwait(false);
            simulated = endpoint.Config.Provenance == Provenance.Simulated || line.IsSimulated(index);
            identity = new Dictionary<string, string>(
                line.IsConnected ? await line.ReadIdentityAsync(index, cancellation).ConfigureAwait(false) : line.IdentityOf(index));
        }

        TagAcceptance[] tags = [.. tallies.OrderBy(tally => tally.Key).Select(tally => tally.Value.Judge(options))];
        return new AcceptanceRecord(
            AcceptanceRecord.CurrentFormat, services.Version, site, agent.Id, endpoint.Name, endpoint.Config.Driver, device, config.Asset,
            endpoint.Plan.Devices[index].Address, endpoint.Config.Provenance, simulated, identity, begun, services.Time.GetUtcNow(), options.Count,
            tags.Max(tag => tag.Verdict), [.. trial.Problems], tags);
    }

    private static (CompiledEndpoint Endpoint, int Index) Find(CompiledPlant plant, string device)
    {
        foreach (CompiledEndpoint endpoint in plant.Endpoints)
        {
            for (int index = 0; index < endpoint.Devices.Count; index++)
            {
                if (endpoint.Devices[index].Name == device)
                {
                    return (endpoint, index);
                }
            }
        }

        string names = string.Join(", ", plant.Endpoints.SelectMany(endpoint => endpoint.Devices).Select(known => known.Name));
        throw new AgentStartException($"There is no device {device}; the configuration has {names}.");
    }

    private static Dictionary<int, TagTally> Tallies(
        CompiledEndpoint endpoint, DeviceConfig device, IEnumerable<ScanGroup> groups, AgentConfig agent, bool isPushed)
    {
        Dictionary<string, TagConfig> tags = device.Tags.ToDictionary(tag => tag.Name, StringComparer.Ordinal);
        var tallies = new Dictionary<int, TagTally>();
        foreach (ScanGroup group in groups)
        {
            foreach (int id in group.TagIds)
            {
                TagConfig tag = tags[endpoint.Tags[id].Name];
                int scanMs = agent.ScanClasses.TryGetValue(tag.Scan ?? ScanClassConfig.DefaultName, out ScanClassConfig? found)
                    ? found.IntervalMs
                    : ScanClassConfig.DefaultIntervalMs;
                tallies.Add(id, new TagTally(tag, endpoint.Tags[id], endpoint.Rules[id], scanMs, isPushed ? null : group.IntervalMs));
            }
        }

        return tallies;
    }
}
