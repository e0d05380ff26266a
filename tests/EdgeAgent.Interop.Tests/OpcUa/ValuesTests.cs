using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.OpcUa;

/// <summary>Every built-in type that a server can hold, as a scalar, an array and a matrix; the values stand in the partner's script.</summary>
public sealed class ValuesTests(SecureServerFixture fixture) : IClassFixture<SecureServerFixture>
{
    private static readonly Dictionary<BuiltInType, Array> s_expected = new()
    {
        [BuiltInType.Boolean] = new[] { true, false, true },
        [BuiltInType.SByte] = new sbyte[] { -8, 127, -128 },
        [BuiltInType.Byte] = new byte[] { 8, 0, 255 },
        [BuiltInType.Int16] = new short[] { -1600, 32767, -32768 },
        [BuiltInType.UInt16] = new ushort[] { 1600, 0, 65535 },
        [BuiltInType.Int32] = new[] { -320000, int.MaxValue, int.MinValue },
        [BuiltInType.UInt32] = new uint[] { 320000, 0, uint.MaxValue },
        [BuiltInType.Int64] = new[] { -100, long.MaxValue, long.MinValue },
        [BuiltInType.UInt64] = new ulong[] { (1ul << 32) + 2, 0, ulong.MaxValue },
        [BuiltInType.Float] = new[] { 1.5f, -0.25f, 3.4e38f },
        [BuiltInType.Double] = new[] { Math.PI, -1e300, double.Epsilon },
        [BuiltInType.String] = new string?[] { "压力机 Press", "", null },
        [BuiltInType.DateTime] = new[]
        {
            new DateTime(2026, 3, 4, 5, 6, 7, 89, DateTimeKind.Utc), new DateTime(1999, 12, 31, 23, 59, 59, 999, DateTimeKind.Utc), new DateTime(2038, 1, 19, 3, 14, 8, DateTimeKind.Utc),
        },
        [BuiltInType.Guid] = new[] { new Guid("72962B91-FA75-4AE6-8D28-B404DC7DAF63"), Guid.Empty, new Guid("FFFFFFFF-0000-0000-0000-000000000001") },
        [BuiltInType.ByteString] = new byte[]?[] { [1, 2, 3, 255], [], "x"u8.ToArray() },
        [BuiltInType.XmlElement] = new string?[] { "<a>1</a>", "<b/>", "" },
        [BuiltInType.NodeId] = new[] { Id("ns=2;s=Scalar.Int32"), Id("i=2258"), Id("ns=3;g=72962B91-FA75-4AE6-8D28-B404DC7DAF63") },
        [BuiltInType.ExpandedNodeId] = new[] { new ExpandedNodeId(Id("ns=2;s=A")), new ExpandedNodeId(Id("i=85")), new ExpandedNodeId(Id("ns=1;i=70000")) },
        [BuiltInType.StatusCode] = new StatusCode[] { StatusCodes.BadNodeIdUnknown, StatusCodes.Good, StatusCodes.UncertainInitialValue },
        [BuiltInType.QualifiedName] = new[] { new QualifiedName(2, "名称"), new QualifiedName(0, "Server"), new QualifiedName(1, "x") },
        [BuiltInType.LocalizedText] = new[] { new LocalizedText("zh-CN", "温度"), new LocalizedText("en", "Temperature"), new LocalizedText("de", "keine") },
    };

    public static TheoryData<BuiltInType> Types => [.. s_expected.Keys];

    [PartnerTheory("node-opcua")]
    [MemberData(nameof(Types))]
    public async Task A_value_arrives_as_the_server_holds_it(BuiltInType type)
    {
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(fixture.Server);
        Array expected = s_expected[type];
        ReadTarget[] targets =
        [
            Target($"Scalar.{type}"), Target($"Array.{type}"), Target($"Matrix.{type}"), Target($"Array.{type}") with { IndexRange = "1" }, Target($"Matrix.{type}") with { IndexRange = "1,0:1" },
        ];
        var values = new DataValue[targets.Length];
        Assert.Equal(StatusCodes.Good, (await client.ReadAsync(targets, values)).Value);
        Assert.All(values, v => Assert.True(v.Status.IsGood, v.Status.ToString()));
        Assert.All(values, v => Assert.Equal(type, v.Value.Type));

        Assert.False(values[0].Value.IsArray);
        Assert.Equal(expected.GetValue(0), values[0].Value.ToObject());
        Assert.Equal(expected, values[1].Value.Elements);
        Assert.Equal(0, values[1].Value.Dimensions.Length);
        Assert.Equal([2, 3], values[2].Value.Dimensions.ToArray());
        Assert.Equal(At(expected, 0, 1, 2, 2, 1, 0), values[2].Value.Elements!.Cast<object?>());
        // The server's partner counts elements of arrays and rows of matrices alike.
        Assert.Equal(At(expected, 1), values[3].Value.Elements!.Cast<object?>());
        Assert.Equal(At(expected, 2, 1), values[4].Value.Elements!.Cast<object?>());
        Assert.All(values, v => Assert.InRange(v.SourceTimestamp, DateTime.UtcNow.AddHours(-1), DateTime.UtcNow.AddMinutes(1)));
    }

    [PartnerFact("node-opcua")]
    public async Task What_cannot_be_read_costs_its_own_value_only()
    {
        await using OpcUaClient client = await OpcUaClients.ConnectAsync(fixture.Server);
        ReadTarget[] targets = [Target("Scalar.Int32"), Target("NoSuchNode"), Target("Array.Int32") with { IndexRange = "7" }, new(new NodeId(2, "Scalar.Int32"), 99), new(new NodeId(85), ReadTarget.ValueAttribute)];
        var values = new DataValue[targets.Length];
        Assert.Equal(StatusCodes.Good, (await client.ReadAsync(targets, values)).Value);
        Assert.Equal(
            [StatusCodes.Good, StatusCodes.BadNodeIdUnknown, StatusCodes.BadIndexRangeNoData, StatusCodes.BadAttributeIdInvalid, StatusCodes.BadAttributeIdInvalid],
            values.Select(v => v.Status.Value));
        // A structure that we do not know keeps its bytes: the server's status is one.
        Assert.Equal(StatusCodes.Good, (await client.ReadAsync([new ReadTarget(new NodeId(2256), ReadTarget.ValueAttribute)], values)).Value);
        Assert.Equal(BuiltInType.ExtensionObject, values[0].Value.Type);
        Assert.Equal(new NodeId(864), ((ExtensionObject)values[0].Value.ToObject()!).TypeId);
    }

    private static NodeId Id(string text) => NodeId.TryParse(text, out NodeId id) ? id : throw new ArgumentException(text);

    private static ReadTarget Target(string name) => new(new NodeId(2, name), ReadTarget.ValueAttribute);

    private static IEnumerable<object?> At(Array elements, params int[] indexes) => indexes.Select(i => elements.GetValue(i));
}
