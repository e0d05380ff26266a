using EdgeAgent.Collector.Publishing;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Agent;

/// <summary>Puts a plant into the words of a birth message.</summary>
internal static class PublishedPlants
{
    public static PublishedPlant Of(CompiledPlant plant) => new(
        plant.Definition.ConfigHash,
        [.. plant.Endpoints.SelectMany(endpoint => endpoint.Devices.Select((device, index) => DeviceOf(endpoint, device, index)))])
    {
        Definition = plant.Definition,
    };

    private static BirthDevice DeviceOf(CompiledEndpoint endpoint, DeviceDefinition device, int index) => new(
        device.Name, device.Driver, device.Address, device.Asset, endpoint.Config.Provenance.ToString().ToLowerInvariant(),
        [.. endpoint.Tags.Where(tag => endpoint.DeviceOf(tag) == index)
            .Select(tag => new BirthTag(tag.Name, tag.Kind.ToString(), tag.Unit, tag.IntervalMs, tag.DecimalPlaces))]);
}
