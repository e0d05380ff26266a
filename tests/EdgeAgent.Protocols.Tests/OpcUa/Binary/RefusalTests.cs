using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Protocols.Tests.OpcUa.Binary;

/// <summary>Malformed values are a fault, and cost no memory that the bytes do not justify.</summary>
public sealed class RefusalTests
{
    private static readonly UaDecodeLimits s_limits = new(StringBytesMax: 8, ByteStringBytesMax: 8, ArrayLengthMax: 4, NestingMax: 3);

    [Theory]
    [InlineData("", "Truncated")]
    [InlineData("06 01 00", "Truncated")]
    [InlineData("20", "VariantTypeInvalid")]
    [InlineData("80 00 00 00 00", "VariantTypeInvalid")]
    [InlineData("46 00 00 00 00", "VariantTypeInvalid")]
    [InlineData("18 01 01", "VariantInVariant")]
    [InlineData("0C FE FF FF FF", "LengthInvalid")]
    [InlineData("0C 09 00 00 00", "StringTooLong")]
    [InlineData("0F 09 00 00 00", "ByteStringTooLong")]
    [InlineData("86 05 00 00 00", "ArrayTooLong")]
    [InlineData("86 FE FF FF FF", "LengthInvalid")]
    [InlineData("86 04 00 00 00 01", "Truncated")]
    [InlineData("11 06 00", "NodeIdEncodingInvalid")]
    [InlineData("11 80 00", "NodeIdEncodingInvalid")]
    [InlineData("15 04", "MaskInvalid")]
    [InlineData("16 00 00 03", "ExtensionEncodingInvalid")]
    [InlineData("17 40", "MaskInvalid")]
    [InlineData("19 80", "MaskInvalid")]
    [InlineData("19 40 40 40 40 00", "NestingTooDeep")]
    [InlineData("98 01 00 00 00 98 01 00 00 00 98 01 00 00 00 98 01 00 00 00 00", "NestingTooDeep")]
    [InlineData("C3 04 00 00 00 01 02 03 04 02 00 00 00 02 00 00 00 03 00 00 00", "DimensionsInvalid")]
    [InlineData("C3 01 00 00 00 01 02 00 00 00 FF FF FF FF FF FF FF FF", "DimensionsInvalid")]
    [InlineData("01 01 00", "TrailingBytes")]
    public void Names_the_fault(string hex, string fault)
    {
        var reader = new UaReader(Hex.Bytes(hex), s_limits);
        reader.ReadVariant();
        Assert.Equal(fault, reader.End().ToString());
        Assert.True(reader.End().ToStatus().IsBad);
    }

    [Fact]
    public void After_a_fault_everything_is_empty()
    {
        var reader = new UaReader(Hex.Bytes("01"), s_limits);
        Assert.Equal(0, reader.ReadInt32());
        Assert.Equal(0, reader.ReadByte());
        Assert.Null(reader.ReadString());
        Assert.Equal(-1, reader.ReadArrayLength(1));
        Assert.Equal(default, reader.ReadVariant());
        Assert.Equal(UaFault.Truncated, reader.Fault);
    }

    [Fact]
    public void A_length_that_claims_much_costs_nothing()
    {
        byte[] claim = Hex.Bytes("8B 40 42 0F 00 00 00");
        FaultOf(claim);
        long before = GC.GetAllocatedBytesForCurrentThread();
        UaFault fault = FaultOf(claim);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(UaFault.Truncated, fault);
    }

    [Fact]
    public void Numbers_are_read_without_allocating()
    {
        var target = new UaBuffer();
        target.WriteDataValue(new DataValue(Variant.From(1.5), 0x4092_0000, new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc)));
        byte[] bytes = target.Written.ToArray();
        Sum(bytes, 10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        double sum = Sum(bytes, 1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1500, sum);
    }

    private static UaFault FaultOf(byte[] bytes)
    {
        var reader = new UaReader(bytes, UaDecodeLimits.Default);
        reader.ReadVariant();
        return reader.Fault;
    }

    private static double Sum(byte[] bytes, int times)
    {
        double sum = 0;
        for (int i = 0; i < times; i++)
        {
            var reader = new UaReader(bytes, UaDecodeLimits.Default);
            sum += reader.ReadDataValue().Value.TryGetDouble(out double value) ? value : 0;
        }
        return sum;
    }
}
