using EdgeAgent.Collector.Drivers.OpcUa;
using EdgeAgent.Collector.Drivers.OpcUa.Addresses;
using EdgeAgent.Collector.Drivers.OpcUa.Values;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Collector.Tests.Drivers.OpcUa;

public sealed class ValueConversionTests
{
    private static readonly DateTime s_instant = new(2025, 11, 13, 1, 2, 3, DateTimeKind.Utc);

    [Fact]
    public void A_number_keeps_its_status_and_time_to_the_bit()
    {
        Reading reading = Convert(ValueKind.Float64, new DataValue(Variant.From(-3), 0x4092_0480u, s_instant));
        Assert.Equal(new Quality(0x4092_0480), reading.Quality);
        Assert.Equal(s_instant.Ticks - DateTime.UnixEpoch.Ticks, reading.SourceTicks);
        Assert.Equal(-3, reading.AsFloat64);
    }

    [Fact]
    public void A_bad_value_is_a_reading_without_one()
    {
        Reading reading = Convert(ValueKind.Float64, new DataValue(Variant.From(5.0), 0x8034_0000u, s_instant));
        Assert.Equal(Quality.BadNodeIdUnknown, reading.Quality);
        Assert.Equal(ValueKind.None, reading.Kind);
    }

    [Fact]
    public void Without_a_source_time_the_time_of_the_message_counts() =>
        Assert.Equal(77, Convert(ValueKind.Float64, new DataValue(Variant.From(5.0)), 77).SourceTicks);

    [Fact]
    public void Integers_are_exact_or_no_integers()
    {
        Assert.Equal(long.MaxValue, Convert(ValueKind.Int64, new DataValue(Variant.From(long.MaxValue))).AsInt64);
        Assert.Equal(ulong.MaxValue, Convert(ValueKind.UInt64, new DataValue(Variant.From(ulong.MaxValue))).AsUInt64);
        Assert.Equal(7, Convert(ValueKind.Int64, new DataValue(Variant.From(7.0))).AsInt64);
        Assert.Equal(Quality.BadTypeMismatch, Convert(ValueKind.Int64, new DataValue(Variant.From(7.5))).Quality);
        Assert.Equal(Quality.BadTypeMismatch, Convert(ValueKind.UInt64, new DataValue(Variant.From(-1))).Quality);
        Assert.Equal(Quality.BadTypeMismatch, Convert(ValueKind.Int64, new DataValue(Variant.From(ulong.MaxValue))).Quality);
    }

    [Fact]
    public void An_array_of_one_is_its_element_and_any_other_is_uncertain()
    {
        Assert.Equal(9, Convert(ValueKind.Int64, new DataValue(Variant.FromArray<int>([9]))).AsInt64);
        Assert.Equal(Quality.Uncertain, Convert(ValueKind.Int64, new DataValue(Variant.FromArray<int>([9, 8]))).Quality);
    }

    [Fact]
    public void A_structure_is_uncertain_and_never_breaks_anything()
    {
        var structure = new ExtensionObject(new NodeId(3, 5001), ExtensionEncoding.Binary, [1, 2, 3]);
        Reading reading = Convert(ValueKind.Float64, new DataValue(Variant.From(structure), 0u, s_instant));
        Assert.Equal((Quality.Uncertain, ValueKind.None), (reading.Quality, reading.Kind));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Booleans_are_numbers_where_numbers_are_wanted(bool value, double number)
    {
        Assert.Equal(number, Convert(ValueKind.Float64, new DataValue(Variant.From(value))).AsFloat64);
        Assert.Equal(value, Convert(ValueKind.Boolean, new DataValue(Variant.From(value))).AsBoolean);
    }

    [Fact]
    public void Texts_are_texts_whatever_they_were()
    {
        Assert.Equal("温度", Text(Variant.From(new LocalizedText("zh-CN", "温度"))));
        Assert.Equal("2025-11-13T01:02:03.0000000Z", Text(Variant.From(s_instant)));
        Assert.Equal("1.5", Text(Variant.From(1.5)));
    }

    private static string Text(Variant value)
    {
        var batch = new ReadingBatch();
        ValueConversion.Add(batch, Tag(ValueKind.Text), new DataValue(value), 0);
        return System.Text.Encoding.UTF8.GetString(batch.BytesOf(batch.Readings[0]));
    }

    private static Reading Convert(ValueKind kind, DataValue value, long now = 0)
    {
        var batch = new ReadingBatch();
        ValueConversion.Add(batch, Tag(kind), value, now);
        return Assert.Single(batch.Readings.ToArray());
    }

    private static OpcUaTag Tag(ValueKind kind) => new(3, 0, new TagAddress(default, null, null), kind, OpcUaMode.Subscribe, 1000, new MonitoredItemOptions());
}
