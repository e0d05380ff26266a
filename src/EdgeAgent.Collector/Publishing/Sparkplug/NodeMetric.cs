using System.Text;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>One metric of the node or of a device, with the last value that is known of it.</summary>
internal sealed class NodeMetric(ulong alias, string name, ValueKind kind, string unit)
{
    private byte[] _text = [];
    private int _textLength;

    public ulong Alias { get; } = alias;

    public byte[] Name { get; } = Encoding.UTF8.GetBytes(name);

    public ValueKind Kind { get; } = kind;

    public string Unit { get; } = unit;

    /// <summary>Whether anything was ever read, good or bad.</summary>
    public bool IsKnown { get; private set; }

    public Reading Last { get; private set; } = Reading.Failed(0, Quality.BadWaitingForInitialData, 0);

    public ReadOnlySpan<byte> LastText => _text.AsSpan(0, _textLength);

    public SparkplugDataType Type => Kind switch
    {
        ValueKind.Boolean => SparkplugDataType.Boolean,
        ValueKind.Int64 => SparkplugDataType.Int64,
        ValueKind.UInt64 => SparkplugDataType.UInt64,
        ValueKind.Float32 => SparkplugDataType.Float,
        ValueKind.Text => SparkplugDataType.String,
        ValueKind.Bytes => SparkplugDataType.Bytes,
        _ => SparkplugDataType.Double,
    };

    /// <summary>Whether the source itself does not answer, unlike a source that answers that it has no value.</summary>
    public bool IsSilent => IsKnown && IsSilence(Last.Quality);

    public void Keep(in Reading reading, ReadOnlySpan<byte> bytes)
    {
        Last = reading;
        IsKnown = true;
        if (_text.Length < bytes.Length)
        {
            _text = new byte[Math.Max(bytes.Length, 64)];
        }

        bytes.CopyTo(_text);
        _textLength = bytes.Length;
    }

    public static bool IsSilence(Quality quality) =>
        quality == Quality.BadTimeout || quality == Quality.BadNotConnected || quality == Quality.BadNoCommunication
        || quality == Quality.BadCommunicationError || quality == Quality.BadWaitingForInitialData || quality == Quality.BadOutOfService;
}
