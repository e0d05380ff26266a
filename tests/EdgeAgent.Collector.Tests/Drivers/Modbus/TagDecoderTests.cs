using System.Text;
using EdgeAgent.Collector.Drivers.Modbus;
using EdgeAgent.Collector.Drivers.Modbus.Decoding;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus.Registers;

namespace EdgeAgent.Collector.Tests.Drivers.Modbus;

public sealed class TagDecoderTests
{
    [Theory]
    [InlineData(TagType.UInt16, null, null, "1234", "4660")]
    [InlineData(TagType.Int16, null, null, "FFFE", "-2")]
    [InlineData(TagType.Int16, "BA", null, "FEFF", "-2")]
    [InlineData(TagType.Int8, null, null, "00FE", "-2")]
    [InlineData(TagType.UInt32, null, null, "00010002", "65538")]
    [InlineData(TagType.UInt32, "CDAB", null, "00020001", "65538")]
    [InlineData(TagType.Int32, "DCBA", null, "FEFFFFFF", "-2")]
    [InlineData(TagType.Float32, null, null, "3FC00000", "1.5")]
    [InlineData(TagType.Float32, "CDAB", null, "00003FC0", "1.5")]
    [InlineData(TagType.Float32, "BADC", null, "C03F0000", "1.5")]
    [InlineData(TagType.Float32, "DCBA", null, "0000C03F", "1.5")]
    [InlineData(TagType.Float64, null, null, "3FF8000000000000", "1.5")]
    [InlineData(TagType.Float64, "GHEFCDAB", null, "0000000000003FF8", "1.5")]
    [InlineData(TagType.Int64, null, null, "FFFFFFFFFFFFFFFE", "-2")]
    [InlineData(TagType.UInt64, null, null, "FFFFFFFFFFFFFFFE", "18446744073709551614")]
    [InlineData(TagType.Bcd16, null, null, "1234", "1234")]
    [InlineData(TagType.Bcd32, null, null, "12345678", "12345678")]
    [InlineData(TagType.Bcd16, null, null, "12FA", "BadDecodingError")]
    [InlineData(TagType.String, null, null, "48616C6C6F0000", "Hallo")]
    [InlineData(TagType.String, "BA", null, "61486C6C006F", "Hallo")]
    [InlineData(TagType.String, null, null, "48E4", "Hä")]
    [InlineData(TagType.Bytes, null, null, "0001FF", "0001FF")]
    [InlineData(null, null, 3, "0008", "true")]
    [InlineData(TagType.UInt32, null, 31, "80000000", "true")]
    [InlineData(TagType.Bool, null, null, "0001", "true")]
    public void Values_come_out_of_registers(TagType? type, string? order, int? bit, string hex, string expected)
    {
        bool hasLength = type is TagType.String or TagType.Bytes;
        var config = new TagConfig
        {
            Name = "t", Address = "hr:10", Type = type, Order = order, Bit = bit, Length = hasLength ? hex.Length / 2 : null,
        };
        Assert.Equal(expected, Decode(config, hex));
    }

    [Fact]
    public void Chinese_text_is_read_in_its_encoding()
    {
        byte[] bytes = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetBytes("压铸机");
        var config = new TagConfig { Name = "t", Address = "hr:10", Type = TagType.String, Length = bytes.Length };
        Assert.Equal("压铸机", Decode(config, Convert.ToHexString(bytes), new ModbusDeviceSettings { Encoding = "gb18030" }));
    }

    [Fact]
    public void Decoding_allocates_nothing()
    {
        ModbusTag[] tags =
        [
            .. Enumerable.Range(0, 30).Select(i => TagSets.Register(i, i * 4, (ModbusValueType)(1 + (i % 12)))),
            TagSets.Register(30, 120, ModbusValueType.String, 10),
        ];
        byte[] data = new byte[250];
        "text"u8.CopyTo(data.AsSpan(240));
        var batch = new ReadingBatch();
        void Decode()
        {
            batch.Clear();
            foreach (ModbusTag tag in tags)
            {
                TagDecoder.Decode(tag, data, 0, 1, batch);
            }
        }

        Decode();
        Decode();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Decode();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Decode(TagConfig config, string hex, ModbusDeviceSettings? settings = null)
    {
        var errors = new ConfigErrors();
        ModbusTag tag = new ModbusTagCompiler(settings ?? new ModbusDeviceSettings(), ConfigPath.Root, errors).Compile(config, 0, 0)!;
        Assert.Empty(errors);
        byte[] data = new byte[250];
        Convert.FromHexString(hex).CopyTo(data, 20);
        var batch = new ReadingBatch();
        TagDecoder.Decode(tag, data, 0, 1, batch);
        Reading reading = batch.Readings[0];
        if (!reading.Quality.IsGood)
        {
            return reading.Quality.ToString();
        }

        Assert.Equal(tag.Kind, reading.Kind);
        return reading.Kind switch
        {
            ValueKind.Boolean => reading.AsBoolean ? "true" : "false",
            ValueKind.Text => Encoding.UTF8.GetString(batch.BytesOf(reading)),
            ValueKind.Bytes => Convert.ToHexString(batch.BytesOf(reading)),
            ValueKind.UInt64 => reading.AsUInt64.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ValueKind.Int64 => reading.AsInt64.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => reading.ToDouble().ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
