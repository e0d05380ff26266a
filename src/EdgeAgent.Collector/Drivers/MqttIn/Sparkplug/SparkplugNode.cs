using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Collector.Drivers.MqttIn.Sparkplug;

/// <summary>What is known of one node that has configured devices.</summary>
internal sealed class SparkplugNode(string group, string name)
{
    public string Group { get; } = group;

    public string Name { get; } = name;

    public List<SparkplugEntity> Entities { get; } = [];

    /// <summary>What aliases stand for since the last births; a null tag is a metric that nobody configured.</summary>
    public Dictionary<ulong, (MqttInTag? Tag, SparkplugDataType Type)> Aliases { get; } = [];

    /// <summary>Types of metrics by tag, for data messages that name no type.</summary>
    public Dictionary<int, SparkplugDataType> Types { get; } = [];

    /// <summary>The sequence number of the last message, or -1 before the birth.</summary>
    public int Sequence { get; set; } = -1;

    /// <summary>The number that ties a death certificate to its birth (§6.4.1); null before the birth.</summary>
    public ulong? BirthNumber { get; set; }

    /// <summary>Whether no message was lost since the birth.</summary>
    public bool IsWhole { get; set; }

    public long? AskedStamp { get; set; }

    public SparkplugEntity? EntityOf(ReadOnlySpan<char> device)
    {
        foreach (SparkplugEntity entity in Entities)
        {
            if (device.SequenceEqual(entity.Name))
            {
                return entity;
            }
        }

        return null;
    }

    public void Forget()
    {
        Sequence = -1;
        BirthNumber = null;
        IsWhole = false;
        Aliases.Clear();
        Entities.ForEach(entity => entity.IsAlive = false);
    }
}
