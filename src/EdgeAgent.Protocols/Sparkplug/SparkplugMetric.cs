namespace EdgeAgent.Protocols.Sparkplug;

/// <summary>One metric of a payload. Texts and bytes are places in the payload that it was read from.</summary>
public struct SparkplugMetric
{
    private int _nameAt;
    private int _nameLength;
    private int _valueAt;
    private int _valueLength;

    public bool HasName { get; private set; }

    public bool HasAlias { get; private set; }

    public ulong Alias { get; private set; }

    /// <summary>Milliseconds since 1970 in UTC; 0 when the metric has none of its own.</summary>
    public ulong TimestampMs { get; private set; }

    /// <summary>Left out in data messages, where the one of the birth holds.</summary>
    public SparkplugDataType DataType { get; private set; }

    public bool IsHistorical { get; private set; }

    public bool IsNull { get; private set; }

    /// <summary>The property "Quality" (0 bad, 192 good, 500 stale), or -1 when there is none.</summary>
    public int Quality { get; private set; }

    public SparkplugValueField Field { get; private set; }

    /// <summary>The value's bits as they were sent, for the numeric fields.</summary>
    public ulong Bits { get; private set; }

    public readonly ReadOnlySpan<byte> Name(ReadOnlySpan<byte> payload) => payload.Slice(_nameAt, _nameLength);

    /// <summary>The bytes of a text or bytes value.</summary>
    public readonly ReadOnlySpan<byte> Value(ReadOnlySpan<byte> payload) => payload.Slice(_valueAt, _valueLength);

    /// <summary>The signed number that an integer field stands for: 8, 16 and 32 bit numbers are sent as the bits of a uint32.</summary>
    public readonly long Signed(SparkplugDataType type) => type switch
    {
        SparkplugDataType.Int8 => (sbyte)Bits,
        SparkplugDataType.Int16 => (short)Bits,
        SparkplugDataType.Int32 => (int)Bits,
        _ => (long)Bits,
    };

    /// <param name="message">The metric's bytes.</param>
    /// <param name="offset">Where they begin in the payload.</param>
    internal static bool TryRead(ReadOnlySpan<byte> message, int offset, out SparkplugMetric metric)
    {
        metric = new SparkplugMetric { Quality = -1 };
        var reader = new ProtobufReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out int field, out ProtobufType type) || !metric.TryField(field, type, ref reader, offset))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryField(int field, ProtobufType type, ref ProtobufReader reader, int offset)
    {
        ulong number;
        switch (field, type)
        {
            case (1, ProtobufType.Bytes):
                HasName = true;
                return reader.TryReadBytes(offset, out _nameAt, out _nameLength);
            case (2, ProtobufType.Varint):
                HasAlias = reader.TryReadVarint(out number);
                Alias = number;
                return HasAlias;
            case (3, ProtobufType.Varint):
                bool timed = reader.TryReadVarint(out number);
                TimestampMs = number;
                return timed;
            case (4, ProtobufType.Varint):
                bool typed = reader.TryReadVarint(out number);
                DataType = number <= (ulong)SparkplugDataType.Template ? (SparkplugDataType)number : SparkplugDataType.Unknown;
                return typed;
            case (5, ProtobufType.Varint):
                bool dated = reader.TryReadVarint(out number);
                IsHistorical = number != 0;
                return dated;
            case (7, ProtobufType.Varint):
                bool known = reader.TryReadVarint(out number);
                IsNull = number != 0;
                return known;
            case (9, ProtobufType.Bytes):
                if (!reader.TryReadBytes(0, out int propertiesAt, out int propertiesLength))
                {
                    return false;
                }

                Quality = SparkplugProperties.QualityOf(reader.All.Slice(propertiesAt, propertiesLength));
                return true;
            case (10, ProtobufType.Varint):
                return Keep(SparkplugValueField.Int, reader.TryReadVarint(out number), (uint)number);
            case (11, ProtobufType.Varint):
                return Keep(SparkplugValueField.Long, reader.TryReadVarint(out number), number);
            case (12, ProtobufType.Fixed32):
                return Keep(SparkplugValueField.Float, reader.TryReadFixed32(out uint single), single);
            case (13, ProtobufType.Fixed64):
                return Keep(SparkplugValueField.Double, reader.TryReadFixed64(out number), number);
            case (14, ProtobufType.Varint):
                return Keep(SparkplugValueField.Boolean, reader.TryReadVarint(out number), number == 0 ? 0UL : 1UL);
            case (15, ProtobufType.Bytes):
                Field = SparkplugValueField.Text;
                return reader.TryReadBytes(offset, out _valueAt, out _valueLength);
            case (16, ProtobufType.Bytes):
                Field = SparkplugValueField.Bytes;
                return reader.TryReadBytes(offset, out _valueAt, out _valueLength);
            case (17 or 18 or 19, ProtobufType.Bytes):
                Field = SparkplugValueField.Other;
                return reader.TrySkip(type);
            default:
                return reader.TrySkip(type);
        }
    }

    private bool Keep(SparkplugValueField field, bool read, ulong bits)
    {
        Field = field;
        Bits = bits;
        return read;
    }
}
