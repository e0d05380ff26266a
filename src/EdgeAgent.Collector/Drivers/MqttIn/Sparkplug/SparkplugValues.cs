using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Collector.Drivers.MqttIn.Sparkplug;

/// <summary>Makes a reading of a metric.</summary>
internal static class SparkplugValues
{
    /// <summary>The values of the property "Quality" (§6.4.12).</summary>
    private const int QualityBad = 0;
    private const int QualityStale = 500;

    public static void Add(
        ReadingBatch into, MqttInTag tag, in SparkplugMetric metric, SparkplugDataType type, ReadOnlySpan<byte> payload, long ticks)
    {
        if (metric.IsNull || metric.Quality == QualityBad)
        {
            into.Add(Reading.Failed(tag.Id, Quality.BadSensorFailure, ticks));
            return;
        }

        int first = into.Count;
        AddValue(into, tag, metric, type, payload, ticks);
        if (metric.Quality == QualityStale && into.MutableReadings[first].Quality.IsGood)
        {
            into.MutableReadings[first] = into.MutableReadings[first] with { Quality = Quality.UncertainLastUsableValue };
        }
    }

    private static void AddValue(
        ReadingBatch into, MqttInTag tag, in SparkplugMetric metric, SparkplugDataType type, ReadOnlySpan<byte> payload, long ticks)
    {
        switch (metric.Field)
        {
            case SparkplugValueField.Int or SparkplugValueField.Long when type == SparkplugDataType.Unknown:
                // Data need not name their type, and before the birth that did nobody knows whether these bits are -5 or 4294967291.
                into.Add(Reading.Failed(tag.Id, Quality.BadWaitingForInitialData, ticks));
                break;
            case SparkplugValueField.Int or SparkplugValueField.Long when IsSigned(type):
                TagValue.Add(into, tag.Id, tag.Kind, ticks, metric.Signed(type));
                break;
            case SparkplugValueField.Int or SparkplugValueField.Long:
                TagValue.Add(into, tag.Id, tag.Kind, ticks, metric.Bits);
                break;
            case SparkplugValueField.Float:
                AddNumber(into, tag, ticks, BitConverter.UInt32BitsToSingle((uint)metric.Bits));
                break;
            case SparkplugValueField.Double:
                AddNumber(into, tag, ticks, BitConverter.UInt64BitsToDouble(metric.Bits));
                break;
            case SparkplugValueField.Boolean:
                TagValue.Add(into, tag.Id, tag.Kind, ticks, metric.Bits != 0);
                break;
            case SparkplugValueField.Text:
                TagValue.AddText(into, tag.Id, tag.Kind, ticks, metric.Value(payload));
                break;
            case SparkplugValueField.None:
                into.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, ticks));
                break;
            default:
                into.Add(Reading.Failed(tag.Id, Quality.BadNotSupported, ticks));
                break;
        }
    }

    private static void AddNumber(ReadingBatch into, MqttInTag tag, long ticks, double value)
    {
        if (double.IsFinite(value))
        {
            TagValue.Add(into, tag.Id, tag.Kind, ticks, value);
        }
        else
        {
            into.Add(Reading.Failed(tag.Id, Quality.BadSensorFailure, ticks));
        }
    }

    private static bool IsSigned(SparkplugDataType type) =>
        type is SparkplugDataType.Int8 or SparkplugDataType.Int16 or SparkplugDataType.Int32 or SparkplugDataType.Int64;
}
