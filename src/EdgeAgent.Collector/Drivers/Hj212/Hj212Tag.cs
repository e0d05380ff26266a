using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers.Hj212;

/// <summary>One tag, compiled.</summary>
/// <param name="Command">Of the packets that bring it.</param>
/// <param name="Item">Name of its item, such as a01001-Rtd.</param>
/// <param name="FlagItem">Name of the item that says how it was measured, such as a01001-Flag; empty when there is none.</param>
internal sealed record Hj212Tag(int Id, ValueKind Kind, int Command, byte[] Item, byte[] FlagItem);
