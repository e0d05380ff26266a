namespace EdgeAgent.Protocols.Sparkplug;

/// <summary>A Sparkplug B payload (§6.4), decoded into places in its own bytes; reused from message to message.</summary>
public sealed class SparkplugPayload
{
    /// <summary>A birth certificate with more metrics than this is none.</summary>
    public const int MetricsMax = 100_000;

    private readonly List<SparkplugMetric> _metrics = [];

    /// <summary>Milliseconds since 1970 in UTC; 0 when there is none.</summary>
    public ulong TimestampMs { get; private set; }

    /// <summary>0 to 255, or -1 when there is none.</summary>
    public int Sequence { get; private set; }

    public IReadOnlyList<SparkplugMetric> Metrics => _metrics;

    /// <summary>Reads a payload; false when it is none, whatever its bytes are.</summary>
    public bool TryRead(ReadOnlySpan<byte> payload)
    {
        _metrics.Clear();
        (TimestampMs, Sequence) = (0, -1);
        var reader = new ProtobufReader(payload);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out ProtobufType type))
            {
                return false;
            }

            switch (field, type)
            {
                case (1, ProtobufType.Varint):
                    if (!reader.TryReadVarint(out ulong timestamp))
                    {
                        return false;
                    }

                    TimestampMs = timestamp;
                    break;
                case (2, ProtobufType.Bytes):
                    if (_metrics.Count == MetricsMax || !reader.TryReadBytes(0, out int at, out int length)
                        || !SparkplugMetric.TryRead(payload.Slice(at, length), at, out SparkplugMetric metric))
                    {
                        return false;
                    }

                    _metrics.Add(metric);
                    break;
                case (3, ProtobufType.Varint):
                    if (!reader.TryReadVarint(out ulong sequence) || sequence > 255)
                    {
                        return false;
                    }

                    Sequence = (int)sequence;
                    break;
                default:
                    if (!reader.TrySkip(type))
                    {
                        return false;
                    }

                    break;
            }
        }

        return true;
    }
}
