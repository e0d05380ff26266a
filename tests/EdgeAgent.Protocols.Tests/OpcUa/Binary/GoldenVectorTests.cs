using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.Tests.OpcUa.Binary;

/// <summary>Bytes that the specification prints (OPC 10000-6 §5.2.2) or that follow from its tables by hand.</summary>
public sealed class GoldenVectorTests
{
    private static readonly DateTime s_instant = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string, Variant> Variants => new()
    {
        { "00", default },
        { "01 01", Variant.From(true) },
        { "02 FF", Variant.From((sbyte)-1) },
        { "03 FF", Variant.From((byte)255) },
        { "04 FE FF", Variant.From((short)-2) },
        { "05 34 12", Variant.From((ushort)0x1234) },
        { "06 00 CA 9A 3B", Variant.From(1_000_000_000) },
        { "07 FF FF FF FF", Variant.From(uint.MaxValue) },
        { "08 FF FF FF FF FF FF FF 7F", Variant.From(long.MaxValue) },
        { "09 FF FF FF FF FF FF FF FF", Variant.From(ulong.MaxValue) },
        { "0A 00 00 D0 C0", Variant.From(-6.5f) },
        { "0B 00 00 00 00 00 00 1A C0", Variant.From(-6.5) },
        { "0C 06 00 00 00 E6 B0 B4 42 6F 79", Variant.From("水Boy") },
        { "0C FF FF FF FF", Variant.From((string?)null) },
        { "0D 00 C0 89 76 45 3C DA 01", Variant.From(s_instant) },
        { "0D 00 00 00 00 00 00 00 00", Variant.From(default(DateTime)) },
        { "0E 91 2B 96 72 75 FA E6 4A 8D 28 B4 04 DC 7D AF 63", Variant.From(new Guid("72962B91-FA75-4AE6-8D28-B404DC7DAF63")) },
        { "0F 02 00 00 00 AA BB", Variant.From(new byte[] { 0xAA, 0xBB }) },
        { "10 04 00 00 00 3C 61 2F 3E", Variant.FromXml("<a/>") },
        { "11 00 48", Variant.From(new NodeId(72)) },
        { "11 01 05 01 04", Variant.From(new NodeId(5, 1025)) },
        { "11 02 00 01 00 00 01 00", Variant.From(new NodeId(256, 65536)) },
        { "11 03 01 00 06 00 00 00 48 6F 74 E6 B0 B4", Variant.From(new NodeId(1, "Hot水")) },
        { "11 05 01 00 01 00 00 00 FF", Variant.From(new NodeId(1, [0xFF])) },
        { "12 C0 48 01 00 00 00 75 07 00 00 00", Variant.From(new ExpandedNodeId(new NodeId(72), "u", 7)) },
        { "13 00 00 34 80", Variant.From(new StatusCode(StatusCodes.BadNodeIdUnknown)) },
        { "14 02 00 01 00 00 00 61", Variant.From(new QualifiedName(2, "a")) },
        { "15 03 02 00 00 00 65 6E 01 00 00 00 61", Variant.From(new LocalizedText("en", "a")) },
        { "15 02 01 00 00 00 61", Variant.From(new LocalizedText(null, "a")) },
        { "16 01 02 03 00 01 02 00 00 00 AA BB", Variant.From(new ExtensionObject(new NodeId(2, 3), ExtensionEncoding.Binary, [0xAA, 0xBB])) },
        { "16 00 00 00", Variant.From(new ExtensionObject(default, ExtensionEncoding.None, null)) },
        { "17 03 01 01 00 00 0B 80", Variant.From(new DataValue(Variant.From(true), 0x800B_0000)) },
        { "19 61 01 00 00 00 00 00 00 80 01 02 00 00 00",
            Variant.From(new DiagnosticInfo { SymbolicId = 1, InnerStatus = 0x8000_0000, Inner = new() { SymbolicId = 2 } }) },
        { "86 02 00 00 00 01 00 00 00 02 00 00 00", Variant.FromArray<int>([1, 2]) },
        { "83 FF FF FF FF", Variant.FromArray<byte>(null) },
        { "81 02 00 00 00 01 00", Variant.FromArray<bool>([true, false]) },
        { "98 02 00 00 00 01 01 00", Variant.FromArray<Variant>([Variant.From(true), default]) },
        { "C4 04 00 00 00 01 00 02 00 03 00 04 00 02 00 00 00 02 00 00 00 02 00 00 00", Variant.FromArray<short>([1, 2, 3, 4], 2, 2) },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_variant_is_these_bytes(string hex, Variant value)
    {
        var target = new UaBuffer();
        target.WriteVariant(value);
        Assert.Equal(Hex.Text(Hex.Bytes(hex)), Hex.Text(target.WrittenSpan));
        var reader = new UaReader(target.WrittenSpan, UaDecodeLimits.Default);
        Assert.Equal(value, reader.ReadVariant());
        Assert.Equal(UaFault.None, reader.End());
    }

    [Fact]
    public void A_data_value_has_its_picoseconds_behind_each_timestamp()
    {
        byte[] bytes = Hex.Bytes("3D 06 01 00 00 00 00 C0 89 76 45 3C DA 01 05 00 01 C0 89 76 45 3C DA 01 06 00");
        var reader = new UaReader(bytes, UaDecodeLimits.Default);
        DataValue value = reader.ReadDataValue();
        Assert.Equal(UaFault.None, reader.End());
        Assert.Equal(new DataValue(Variant.From(1), 0, s_instant, s_instant.AddTicks(1), 5, 6), value);
        var target = new UaBuffer();
        target.WriteDataValue(value);
        Assert.Equal(bytes, target.WrittenSpan.ToArray());
    }

    [Fact]
    public void The_ends_of_time_keep_their_numbers()
    {
        var target = new UaBuffer();
        target.WriteDateTime(DateTime.MaxValue);
        target.WriteDateTime(new DateTime(1500, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal("FFFFFFFFFFFFFF7F0000000000000000", Hex.Text(target.WrittenSpan));
        var reader = new UaReader(Hex.Bytes("FF FF FF FF FF FF FF 7F FF FF FF FF FF FF FF FF"), UaDecodeLimits.Default);
        Assert.Equal(DateTime.MaxValue, reader.ReadDateTime());
        Assert.Equal(default, reader.ReadDateTime());
    }

    [Fact]
    public void Types_of_the_future_are_byte_strings()
    {
        var reader = new UaReader(Hex.Bytes("1F 01 00 00 00 AA"), UaDecodeLimits.Default);
        Assert.Equal(Variant.From(new byte[] { 0xAA }), reader.ReadVariant());
        Assert.Equal(UaFault.None, reader.End());
    }

    [Fact]
    public void A_text_that_is_no_utf8_costs_only_itself()
    {
        var reader = new UaReader(Hex.Bytes("02 00 00 00 D6 D0 01"), UaDecodeLimits.Default);
        Assert.Contains('\uFFFD', reader.ReadString()!);
        Assert.True(reader.ReadBoolean());
        Assert.Equal(UaFault.None, reader.End());
    }
}
