using EdgeAgent.Collector.Publishing.Sparkplug;
using EdgeAgent.Collector.Tests.Publishing.Sparkplug.Wire;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Sparkplug;
using EdgeAgent.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Collector.Tests.Publishing.Sparkplug;

/// <summary>Our payloads as Google's protobuf reads them, for any value.</summary>
public sealed class SparkplugWriterTests
{
    [Fact]
    public void Any_reading_is_read_back_by_others_as_it_was()
    {
        var values = from bits in ArbMap.Default.GeneratorFor<ulong>()
                     from kind in Gen.Choose(0, 6)
                     from text in ArbMap.Default.GeneratorFor<string>()
                     from ticks in Gen.Choose(0, int.MaxValue)
                     from historical in ArbMap.Default.GeneratorFor<bool>()
                     select (bits, kind: (ValueKind)kind, text: text ?? "", ticks: ticks * 10_000L, historical);
        Prop.ForAll(values.ToArbitrary(), v =>
        {
            byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(v.text);
            ulong bits = v.kind switch { ValueKind.Boolean => v.bits & 1, ValueKind.Float32 => (uint)v.bits, _ => v.bits };
            var metric = new NodeMetric(v.bits, "m", v.kind == ValueKind.None ? ValueKind.Int64 : v.kind, "");
            Quality quality = v.kind == ValueKind.None ? Quality.BadTimeout : Quality.Good;
            var encoder = new NodeEncoder(new SparkplugWriter(), new FakeTimeProvider());
            encoder.Writer.Begin(7);
            encoder.Data(metric, new Reading(0, quality, v.ticks, v.kind, bits), utf8, v.historical);
            encoder.Writer.End(255);
            PayloadMessage payload = PayloadMessage.Parser.ParseFrom(encoder.Writer.Written.ToArray());
            MetricMessage read = payload.Metrics[0];
            bool same = v.kind switch
            {
                ValueKind.None => read.IsNull && read.ValueCase == MetricMessage.ValueOneofCase.None,
                ValueKind.Boolean => read.BooleanValue == (bits != 0),
                ValueKind.Float32 => BitConverter.SingleToUInt32Bits(read.FloatValue) == (uint)bits || float.IsNaN(read.FloatValue),
                ValueKind.Float64 => BitConverter.DoubleToUInt64Bits(read.DoubleValue) == bits || double.IsNaN(read.DoubleValue),
                ValueKind.Text => read.StringValue == System.Text.Encoding.UTF8.GetString(utf8),
                _ => read.LongValue == bits,
            };
            return same && payload is { Timestamp: 7, Seq: 255 } && read.Alias == v.bits && read.IsHistorical == v.historical && read.Timestamp == (ulong)(v.ticks / 10_000);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(ValueKind.Float64, ValueKind.Int64, 3UL)]
    [InlineData(ValueKind.Int64, ValueKind.Boolean, 1UL)]
    public void A_number_of_another_type_than_the_birth_told_is_converted(ValueKind born, ValueKind read, ulong bits)
    {
        MetricMessage metric = Data(born, new Reading(0, Quality.Good, 0, read, bits));
        Assert.Equal(born == ValueKind.Float64 ? MetricMessage.ValueOneofCase.DoubleValue : MetricMessage.ValueOneofCase.LongValue, metric.ValueCase);
        Assert.Equal((double)bits, born == ValueKind.Float64 ? metric.DoubleValue : metric.LongValue);
    }

    [Fact]
    public void A_value_that_cannot_be_converted_is_null_and_says_why()
    {
        MetricMessage metric = Data(ValueKind.Text, Reading.Int64(0, Quality.Good, 0, 5));
        Assert.True(metric.IsNull);
        Assert.Equal(Quality.BadTypeMismatch.Code, SparkplugPublisherTests.PropertyOf(metric, "StatusCode")!.IntValue);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(20_000)]
    [InlineData(3_000_000)]
    public void Metrics_of_any_length_are_delimited_right(int length)
    {
        var writer = new SparkplugWriter();
        writer.Begin(1);
        for (int i = 0; i < 2; i++)
        {
            writer.BeginMetric();
            writer.Name(new byte[length].AsSpan());
            writer.Int(5);
            writer.EndMetric();
        }

        writer.End(3);
        PayloadMessage payload = PayloadMessage.Parser.ParseFrom(writer.Written.ToArray());
        Assert.Equal([length, length], payload.Metrics.Select(metric => metric.Name.Length));
        Assert.Equal(3UL, payload.Seq);
        var own = new SparkplugPayload();
        Assert.True(own.TryRead(writer.Written.Span));
        Assert.Equal(2, own.Metrics.Count);
    }

    [Fact]
    public void Data_messages_allocate_nothing_once_warm()
    {
        var encoder = new NodeEncoder(new SparkplugWriter(), TimeProvider.System);
        var metric = new NodeMetric(100, "m", ValueKind.Float64, "");
        long before = 0;
        for (int round = 0; round < 3; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            encoder.Writer.Begin(1);
            for (int i = 0; i < 1000; i++)
            {
                encoder.Data(metric, Reading.Float64(0, i % 2 == 0 ? Quality.Good : Quality.UncertainLastUsableValue, i, i), default, historical: true);
            }

            encoder.Writer.End(1);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("""{"online":true,"timestamp":12}""", true, 12UL)]
    [InlineData("""{"timestamp":12,"more":{"x":[1]},"online":false}""", false, 12UL)]
    public void A_hosts_state_is_read(string json, bool online, ulong timestamp)
    {
        Assert.True(SparkplugHostState.TryRead(System.Text.Encoding.UTF8.GetBytes(json), out SparkplugHostState state));
        Assert.Equal(new SparkplugHostState(online, timestamp), state);
    }

    [Theory]
    [InlineData("ONLINE")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"online":true}""")]
    [InlineData("""{"online":"true","timestamp":1}""")]
    [InlineData("""{"online":true,"timestamp":-1}""")]
    [InlineData("""{"online":true,"timestamp":1""")]
    public void What_is_no_state_is_refused(string text) => Assert.False(SparkplugHostState.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out _));

    private static MetricMessage Data(ValueKind kind, in Reading reading)
    {
        var encoder = new NodeEncoder(new SparkplugWriter(), new FakeTimeProvider());
        encoder.Writer.Begin(1);
        encoder.Data(new NodeMetric(1, "m", kind, ""), reading, default, historical: false);
        encoder.Writer.End(0);
        return PayloadMessage.Parser.ParseFrom(encoder.Writer.Written.ToArray()).Metrics[0];
    }
}
