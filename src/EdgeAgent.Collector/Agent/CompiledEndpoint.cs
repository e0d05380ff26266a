using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>One endpoint of a configuration, checked and ready to run.</summary>
/// <param name="Rules">By tag number within the endpoint.</param>
/// <param name="Tags">By tag number within the endpoint; their device numbers are those of the plant.</param>
/// <param name="DeviceBase">The plant's number of its first device.</param>
internal sealed record CompiledEndpoint(
    EndpointConfig Config,
    IEndpointPlan Plan,
    IReadOnlyList<ScanGroup> Groups,
    IReadOnlyList<ScanGrid> Grids,
    IReadOnlyList<DeviceDefinition> Devices,
    IReadOnlyList<TagDefinition> Tags,
    TagRule[] Rules,
    int DeviceBase)
{
    public string Name => Config.Name;

    /// <summary>The device within the endpoint that a tag belongs to.</summary>
    public int DeviceOf(TagDefinition tag) => tag.DeviceId - DeviceBase;
}
