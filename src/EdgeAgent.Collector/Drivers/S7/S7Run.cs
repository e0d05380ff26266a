using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>Tags that lie close together, read as one item.</summary>
/// <param name="FirstTag">Index of the first in the sorted list of the group.</param>
/// <param name="TagCount">How many follow one another there.</param>
/// <param name="Offset">Where the item's bytes lie in the group's data.</param>
internal readonly record struct S7Run(S7ReadItem Item, int FirstTag, int TagCount, int Offset);
