using System.Text;

namespace EdgeAgent.Protocols.Sparkplug;

/// <summary>Builds a metric's property set (§6.4.8); made once for each metric and quality, so it may allocate.</summary>
public sealed class SparkplugPropertySet
{
    /// <summary>The property that Sparkplug defines for everyone (§6.4.11).</summary>
    public const string QualityKey = "Quality";

    private readonly List<byte> _keys = [];
    private readonly List<byte> _values = [];

    /// <summary>A quality code: 0 bad, 192 good, 500 stale.</summary>
    public SparkplugPropertySet Quality(int code) => Add(QualityKey, SparkplugDataType.Int32, 0x18, (ulong)code);

    public SparkplugPropertySet Number(string key, uint value) => Add(key, SparkplugDataType.UInt32, 0x18, value);

    public SparkplugPropertySet Text(string key, string value)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(value);
        var entry = new List<byte> { 0x08, (byte)SparkplugDataType.String, 0x42 };
        Varint(entry, (ulong)utf8.Length);
        entry.AddRange(utf8);
        return Add(key, entry);
    }

    /// <summary>The set's bytes, for <see cref="SparkplugWriter.Properties"/>.</summary>
    public byte[] Encode() => [.. _keys, .. _values];

    private SparkplugPropertySet Add(string key, SparkplugDataType type, byte tag, ulong number)
    {
        var entry = new List<byte> { 0x08, (byte)type, tag };
        Varint(entry, number);
        return Add(key, entry);
    }

    private SparkplugPropertySet Add(string key, List<byte> value)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(key);
        _keys.Add(0x0A);
        Varint(_keys, (ulong)utf8.Length);
        _keys.AddRange(utf8);
        _values.Add(0x12);
        Varint(_values, (ulong)value.Count);
        _values.AddRange(value);
        return this;
    }

    private static void Varint(List<byte> into, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            into.Add((byte)(value | 0x80));
        }

        into.Add((byte)value);
    }
}
