using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Publishing;

/// <summary>What the agent collects, as destinations are told.</summary>
/// <param name="ConfigHash">Hash of the definition that batches name.</param>
/// <param name="Devices">Devices with their tags.</param>
public sealed record PublishedPlant(ReadOnlyMemory<byte> ConfigHash, IReadOnlyList<BirthDevice> Devices)
{
    /// <summary>What ids in batches stand for, for publishers that read batches; null when nobody reads them.</summary>
    public PlantDefinition? Definition { get; init; }
}
