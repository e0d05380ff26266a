using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>Puts births, data and deaths into payloads. Data messages allocate nothing once warm.</summary>
internal sealed class NodeEncoder(SparkplugWriter writer, TimeProvider time)
{
    /// <summary>The property for the engineering unit that hosts in the field look for.</summary>
    public const string UnitKey = "engUnit";

    /// <summary>The property with the OPC UA status code of a value that is not good.</summary>
    public const string StatusKey = "StatusCode";

    /// <summary>A data message is sent when it has this many bytes: brokers of small hosts take 256 KiB.</summary>
    private const int MessageBytesMax = 128 << 10;

    private readonly Dictionary<uint, byte[]> _qualities = [];

    public SparkplugWriter Writer => writer;

    /// <summary>Data messages carry types too, which the specification advises against and some decoders need.</summary>
    public bool TypesInData { get; init; }

    public ulong NowMs() => MsOf(UnixTicks.Now(time));

    public static ulong MsOf(long ticks) => ticks <= 0 ? 0 : (ulong)(ticks / UnixTicks.PerMillisecond);

    /// <summary>The payload of the will and of a death told by the node itself: the bdSeq number and nothing else.</summary>
    public void NodeDeath(int bdSeq)
    {
        writer.Begin(NowMs());
        BdSeq(bdSeq);
        writer.End(-1);
    }

    public void NodeBirth(int bdSeq, NodeFigures figures)
    {
        writer.Begin(NowMs());
        BdSeq(bdSeq);
        writer.BeginMetric();
        writer.Name(NodeCommand.Rebirth);
        writer.Timestamp(NowMs());
        writer.Type(SparkplugDataType.Boolean);
        writer.Boolean(false);
        writer.EndMetric();
        foreach (NodeMetric metric in figures.Metrics)
        {
            Birth(metric);
        }

        writer.End(0);
    }

    public void DeviceBirth(NodeDevice device, int sequence)
    {
        writer.Begin(NowMs());
        foreach (NodeMetric metric in device.Metrics)
        {
            Birth(metric);
        }

        writer.End(sequence);
    }

    /// <summary>A message without metrics: a device's death.</summary>
    public void Empty(int sequence)
    {
        writer.Begin(NowMs());
        writer.End(sequence);
    }

    /// <summary>A data message with the readings of one device, from one of them on, as many as fit.</summary>
    /// <returns>The first reading that is not in it.</returns>
    public int DataMessage(
        ReadingBatch readings, DeviceGroups groups, NodeModel model, int device, int from, bool historical, int sequence, int metricsMax)
    {
        ReadOnlySpan<int> order = groups.Of(device);
        ReadOnlySpan<Reading> all = readings.Readings;
        writer.Begin(NowMs());
        while (from < order.Length && writer.Metrics < metricsMax && writer.Length < MessageBytesMax)
        {
            int at = order[from++];
            ref readonly Reading reading = ref all[at];
            Data(model.Metric(groups.MetricOf(at)), reading, readings.BytesOf(reading), historical);
        }

        writer.End(sequence);
        return from;
    }

    /// <summary>One reading in a data message: by alias, without type, with a quality only when it is not good.</summary>
    public void Data(NodeMetric metric, in Reading reading, ReadOnlySpan<byte> bytes, bool historical)
    {
        writer.BeginMetric();
        writer.Alias(metric.Alias);
        writer.Timestamp(MsOf(reading.SourceTicks));
        if (TypesInData)
        {
            writer.Type(metric.Type);
        }

        if (historical)
        {
            writer.Historical();
        }

        Quality quality = Fits(metric.Kind, reading.Kind) ? reading.Quality : Quality.BadTypeMismatch;
        bool hasValue = reading.Kind != ValueKind.None && !quality.IsBad;
        if (!hasValue)
        {
            writer.Null();
        }

        if (!quality.IsGood)
        {
            writer.Properties(QualityOf(quality));
        }

        if (hasValue)
        {
            Value(metric.Kind, reading, bytes);
        }

        writer.EndMetric();
    }

    /// <summary>Sparkplug knows bad, good and stale: a value held over is stale, another uncertain one is usable.</summary>
    public static int CodeOf(Quality quality) =>
        quality.IsGood ? 192 : quality == Quality.UncertainLastUsableValue ? 500 : quality.IsUncertain ? 192 : 0;

    private void BdSeq(int bdSeq)
    {
        writer.BeginMetric();
        writer.Name("bdSeq"u8);
        writer.Timestamp(NowMs());
        writer.Type(SparkplugDataType.Int64);
        writer.Long((ulong)bdSeq);
        writer.EndMetric();
    }

    private void Birth(NodeMetric metric)
    {
        Reading last = metric.Last;
        Quality quality = Fits(metric.Kind, last.Kind) ? last.Quality : Quality.BadTypeMismatch;
        bool hasValue = last.Kind != ValueKind.None && !quality.IsBad;
        writer.BeginMetric();
        writer.Name(metric.Name);
        writer.Alias(metric.Alias);
        writer.Timestamp(metric.IsKnown ? MsOf(last.SourceTicks) : NowMs());
        writer.Type(metric.Type);
        if (!hasValue)
        {
            writer.Null();
        }

        var properties = new SparkplugPropertySet().Quality(CodeOf(quality));
        if (metric.Unit.Length > 0)
        {
            properties.Text(UnitKey, metric.Unit);
        }

        if (!quality.IsGood)
        {
            properties.Number(StatusKey, quality.Code);
        }

        writer.Properties(properties.Encode());
        if (hasValue)
        {
            Value(metric.Kind, last, metric.LastText);
        }

        writer.EndMetric();
    }

    private void Value(ValueKind kind, in Reading reading, ReadOnlySpan<byte> bytes)
    {
        switch (kind)
        {
            case ValueKind.Boolean:
                writer.Boolean(reading.Bits != 0);
                break;
            case ValueKind.Int64:
                writer.Long(reading.Kind is ValueKind.Float32 or ValueKind.Float64 ? (ulong)(long)reading.ToDouble() : reading.Bits);
                break;
            case ValueKind.UInt64:
                writer.Long(reading.Kind is ValueKind.Float32 or ValueKind.Float64 ? (ulong)reading.ToDouble() : reading.Bits);
                break;
            case ValueKind.Float32:
                writer.Float(reading.Kind == ValueKind.Float32 ? (uint)reading.Bits : BitConverter.SingleToUInt32Bits((float)reading.ToDouble()));
                break;
            case ValueKind.Text:
                writer.Text(bytes);
                break;
            case ValueKind.Bytes:
                writer.Bytes(bytes);
                break;
            default:
                writer.Double(reading.Kind == ValueKind.Float64 ? reading.Bits : BitConverter.DoubleToUInt64Bits(reading.ToDouble()));
                break;
        }
    }

    /// <summary>Numbers pass for each other, as after a change of a tag's type; texts and bytes only for themselves.</summary>
    private static bool Fits(ValueKind wanted, ValueKind given) =>
        given == wanted || given == ValueKind.None || (wanted is not (ValueKind.Text or ValueKind.Bytes) && given is >= ValueKind.Boolean and <= ValueKind.Float64);

    private byte[] QualityOf(Quality quality)
    {
        if (!_qualities.TryGetValue(quality.Code, out byte[]? set))
        {
            set = new SparkplugPropertySet().Quality(CodeOf(quality)).Number(StatusKey, quality.Code).Encode();
            _qualities.Add(quality.Code, set);
        }

        return set;
    }
}
