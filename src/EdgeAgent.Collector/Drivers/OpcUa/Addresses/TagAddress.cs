using EdgeAgent.Protocols.OpcUa;

namespace EdgeAgent.Collector.Drivers.OpcUa.Addresses;

/// <summary>Where a tag's value is: a node by its id or by a path to it, and for an element of an array its place.</summary>
/// <param name="Path">Null for a node that is named by its id.</param>
internal sealed record TagAddress(ExpandedNodeId NodeId, IReadOnlyList<PathElement>? Path, string? IndexRange);
