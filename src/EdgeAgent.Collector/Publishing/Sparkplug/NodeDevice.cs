using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>One device of the node: its metrics, whether it lives, and whether hosts have been told so.</summary>
internal sealed class NodeDevice(string name, string id, SparkplugNodeTopics topics)
{
    private int _known;
    private int _silent;

    public string Name { get; } = name;

    public byte[] BirthTopic { get; } = topics.DeviceBirth(id);

    public byte[] DataTopic { get; } = topics.DeviceData(id);

    public byte[] DeathTopic { get; } = topics.DeviceDeath(id);

    public List<NodeMetric> Metrics { get; } = [];

    /// <summary>Whether its birth was published in this session and no death since.</summary>
    public bool IsBorn { get; set; }

    /// <summary>Something is known of it, and it is not silence alone.</summary>
    public bool IsAlive => _known > _silent;

    public void Keep(NodeMetric metric, in Reading reading, ReadOnlySpan<byte> bytes)
    {
        if (metric.IsKnown && reading.SourceTicks < metric.Last.SourceTicks)
        {
            // Filled in by the source for a time gone by: what stands now is newer.
            return;
        }

        _known += metric.IsKnown ? 0 : 1;
        _silent -= metric.IsSilent ? 1 : 0;
        metric.Keep(reading, bytes);
        _silent += metric.IsSilent ? 1 : 0;
    }
}
