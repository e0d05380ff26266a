using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>All endpoints of a configuration, and the definition that names everything in its batches.</summary>
internal sealed record CompiledPlant(IReadOnlyList<CompiledEndpoint> Endpoints, PlantDefinition Definition)
{
    public static CompiledPlant Of(IReadOnlyList<CompiledEndpoint> endpoints)
    {
        DeviceDefinition[] devices = [.. endpoints.SelectMany(endpoint => endpoint.Devices)];
        TagDefinition[] tags = [.. endpoints.SelectMany(endpoint => endpoint.Tags)];
        return new CompiledPlant(endpoints, DefinitionCodec.Create(devices, tags));
    }
}
