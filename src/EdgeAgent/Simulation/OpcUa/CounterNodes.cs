using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Server;

namespace EdgeAgent.Simulation.OpcUa;

/// <summary>Any number of variables that all count, so that a client can tell whether it has seen every value.</summary>
internal static class CounterNodes
{
    public static void AddTo(AddressSpace space, ushort index, int count, TimeSpan interval)
    {
        UaNode folder = space.AddFolder(space.Objects, new NodeId(index, "Counters"), "Counters");
        for (int i = 0; i < count; i++)
        {
            // A counter of its own each, the same for all readers at one instant.
            uint offset = (uint)i;
            space.AddVariable(folder, new UaVariable(
                new NodeId(index, $"Counter.{i}"), $"Counter.{i}", BuiltInType.UInt32, utc => new DataValue(Variant.From((uint)(utc.Ticks / interval.Ticks) + offset))));
        }
    }
}
