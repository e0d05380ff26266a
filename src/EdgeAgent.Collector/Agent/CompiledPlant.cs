using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>All endpoints of a configuration, and the definition that names everything in its batches.</summary>
internal sealed record CompiledPlant(IReadOnlyList<CompiledEndpoint> Endpoints, PlantDefinition Definition)
{
    public static CompiledPlant Of(IReadOnlyList<CompiledEndpoint> endpoints)
    {
        // Sized before they are filled: arrays that grow to 10,000 tags leave twice as much behind them.
        var devices = new List<DeviceDefinition>(endpoints.Sum(endpoint => endpoint.Devices.Count));
        var tags = new List<TagDefinition>(endpoints.Sum(endpoint => endpoint.Tags.Count));
        foreach (CompiledEndpoint endpoint in endpoints)
        {
            devices.AddRange(endpoint.Devices);
            tags.AddRange(endpoint.Tags);
        }

        return new CompiledPlant(endpoints, DefinitionCodec.Create(devices, tags));
    }
}
