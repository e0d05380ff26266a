using EdgeAgent.Core.Batches;

namespace EdgeAgent.Collector.Publishing;

/// <summary>What the agent collects, as destinations are told.</summary>
/// <param name="ConfigHash">Hash of the definition that batches name.</param>
/// <param name="Devices">Devices with their tags.</param>
public sealed record PublishedPlant(ReadOnlyMemory<byte> ConfigHash, IReadOnlyList<BirthDevice> Devices);
