using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>All endpoints of a configuration, and the definition that names everything in its batches.</summary>
internal sealed record CompiledPlant(IReadOnlyList<CompiledEndpoint> Endpoints, PlantDefinition Definition)
{
    public static CompiledPlant Of(IReadOnlyList<CompiledEndpoint> endpoints)
    {
        var devices = new List<DeviceDefinition>();
        var tags = new List<TagDefinition>();
        foreach (CompiledEndpoint endpoint in endpoints)
        {
            int deviceBase = devices.Count;
            devices.AddRange(endpoint.Devices);
            tags.AddRange(endpoint.Tags.Select(tag => tag with { DeviceId = tag.DeviceId + deviceBase }));
        }

        return new CompiledPlant(endpoints, new PlantDefinition(DefinitionCodec.Hash(devices, tags), devices, tags));
    }
}
