using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Server;

namespace EdgeAgent.Simulation.OpcUa;

/// <summary>A folder with a scalar, an array of three and a matrix of two by two of each built-in type, for trying out a client.</summary>
internal static class TypeNodes
{
    public static void AddTo(AddressSpace space, ushort index)
    {
        UaNode folder = space.AddFolder(space.Objects, new NodeId(index, "Types"), "Types");
        DateTime noon = new(2026, 3, 4, 12, 0, 0, DateTimeKind.Utc);
        Guid guid = new("72962b91-fa75-4ae6-8d28-b404dc7daf63");
        ExtensionObject structure = new(new NodeId(index, "Structure"), ExtensionEncoding.Binary, [1, 2, 3]);
        Add(true, false, Variant.From);
        Add<sbyte>(-8, sbyte.MaxValue, Variant.From);
        Add<byte>(8, byte.MaxValue, Variant.From);
        Add<short>(-1600, short.MaxValue, Variant.From);
        Add<ushort>(1600, ushort.MaxValue, Variant.From);
        Add(-320_000, int.MaxValue, Variant.From);
        Add(320_000u, uint.MaxValue, Variant.From);
        Add(-6_400_000_000, long.MaxValue, Variant.From);
        Add(6_400_000_000ul, ulong.MaxValue, Variant.From);
        Add(1.5f, -0.25f, Variant.From);
        Add(Math.PI, -1e300, Variant.From);
        Add<string?>("压力机 Press", "", Variant.From);
        Add(noon, noon.AddYears(10), Variant.From);
        Add(guid, default, Variant.From);
        Add<byte[]?>([1, 2, 3, 255], [], Variant.From);
        Add(new NodeId(index, "Types"), new NodeId(2258), Variant.From);
        Add(new ExpandedNodeId(new NodeId(85)), new ExpandedNodeId(new NodeId(0, "A"), "urn:somewhere:else"), Variant.From);
        Add(new StatusCode(Protocols.OpcUa.StatusCodes.BadSensorFailure), new StatusCode(Protocols.OpcUa.StatusCodes.Good), Variant.From);
        Add(new QualifiedName(index, "名称"), new QualifiedName(0, "Server"), Variant.From);
        Add(new LocalizedText("zh-CN", "温度"), new LocalizedText("en", "Temperature"), Variant.From);
        Add<ExtensionObject?>(structure, structure, Variant.From);

        void Add<T>(T first, T second, Func<T, Variant> scalar)
        {
            Variant value = scalar(first);
            Put($"Scalar.{value.Type}", value, -1);
            Put($"Array.{value.Type}", Variant.FromArray<T>([first, second, first]), 1);
            Put($"Matrix.{value.Type}", Variant.FromArray([first, second, second, first], 2, 2), 2);
        }

        void Put(string name, Variant value, int rank) => space.AddVariable(
            folder, new UaVariable(new NodeId(index, name), name, value.Type, _ => new DataValue(value)) { ValueRank = rank });
    }
}
