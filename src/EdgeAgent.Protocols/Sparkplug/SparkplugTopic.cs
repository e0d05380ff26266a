namespace EdgeAgent.Protocols.Sparkplug;

/// <summary>Kinds of messages in the Sparkplug B namespace (§4.1.3).</summary>
public enum SparkplugMessageType : byte
{
    Other,
    NodeBirth,
    NodeDeath,
    NodeData,
    DeviceBirth,
    DeviceDeath,
    DeviceData,
}

/// <summary>Takes topics of the namespace <c>spBv1.0/group/TYPE/node[/device]</c> apart (§4.1).</summary>
public readonly ref struct SparkplugTopic
{
    public const string Namespace = "spBv1.0";

    public SparkplugMessageType Type { get; private init; }

    public ReadOnlySpan<byte> Group { get; private init; }

    public ReadOnlySpan<byte> Node { get; private init; }

    /// <summary>Empty in messages of the node itself.</summary>
    public ReadOnlySpan<byte> Device { get; private init; }

    /// <summary>The topic to which a host sends commands for a node (§5.9).</summary>
    public static string CommandTo(string group, string node) => $"{Namespace}/{group}/NCMD/{node}";

    public static bool TryParse(ReadOnlySpan<byte> topic, out SparkplugTopic parsed)
    {
        parsed = default;
        Span<Range> levels = stackalloc Range[6];
        int count = topic.Split(levels, (byte)'/');
        if (count is not (4 or 5) || !topic[levels[0]].SequenceEqual("spBv1.0"u8))
        {
            return false;
        }

        SparkplugMessageType type = TypeOf(topic[levels[2]]);
        bool ofDevice = type >= SparkplugMessageType.DeviceBirth;
        if (type == SparkplugMessageType.Other || ofDevice != (count == 5))
        {
            return false;
        }

        parsed = new SparkplugTopic
        {
            Type = type,
            Group = topic[levels[1]],
            Node = topic[levels[3]],
            Device = ofDevice ? topic[levels[4]] : default,
        };
        return true;
    }

    private static SparkplugMessageType TypeOf(ReadOnlySpan<byte> level) =>
        level.SequenceEqual("NDATA"u8) ? SparkplugMessageType.NodeData
        : level.SequenceEqual("DDATA"u8) ? SparkplugMessageType.DeviceData
        : level.SequenceEqual("NBIRTH"u8) ? SparkplugMessageType.NodeBirth
        : level.SequenceEqual("DBIRTH"u8) ? SparkplugMessageType.DeviceBirth
        : level.SequenceEqual("NDEATH"u8) ? SparkplugMessageType.NodeDeath
        : level.SequenceEqual("DDEATH"u8) ? SparkplugMessageType.DeviceDeath
        : SparkplugMessageType.Other;
}
