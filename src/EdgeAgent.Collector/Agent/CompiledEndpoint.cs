using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>One endpoint of a configuration, checked and ready to run.</summary>
/// <param name="Rules">By tag number within the endpoint.</param>
/// <param name="Tags">By tag number within the endpoint; device numbers within the endpoint too.</param>
internal sealed record CompiledEndpoint(
    EndpointConfig Config,
    IPolledEndpointPlan Plan,
    IReadOnlyList<ScanGroup> Groups,
    IReadOnlyList<ScanGrid> Grids,
    IReadOnlyList<DeviceDefinition> Devices,
    IReadOnlyList<TagDefinition> Tags,
    IReadOnlyList<TagRule> Rules)
{
    public string Name => Config.Name;
}
