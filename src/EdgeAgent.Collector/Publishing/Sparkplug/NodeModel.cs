using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>Everything that the node publishes: devices and metrics, found by the ids of each definition that a batch names.</summary>
/// <remarks>A metric keeps its alias while the publisher runs. One that only an older definition has is added when a batch of the
/// backlog brings it, so that nothing buffered is without a name.</remarks>
internal sealed class NodeModel(SparkplugNodeTopics topics, Func<string, string> idOf)
{
    /// <summary>Aliases below are the node's own metrics.</summary>
    public const ulong FirstDeviceAlias = 100;

    private readonly Dictionary<string, int> _deviceIndex = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Device, string Tag), int> _metricIndex = [];
    private readonly List<NodeDevice> _devices = [];
    private readonly List<NodeMetric> _metrics = [];
    private readonly List<int> _deviceOfMetric = [];
    private readonly Dictionary<PlantDefinition, int[]> _maps = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<NodeDevice> Devices => _devices;

    public int MetricCount => _metrics.Count;

    /// <summary>Grows with each device or metric added, which births have to tell.</summary>
    public int Revision { get; private set; }

    public NodeMetric Metric(int index) => _metrics[index];

    public int DeviceOf(int metric) => _deviceOfMetric[metric];

    /// <summary>The metric of each tag id of a definition.</summary>
    public int[] Map(PlantDefinition definition)
    {
        if (_maps.TryGetValue(definition, out int[]? known))
        {
            return known;
        }

        int[] map = new int[definition.Tags.Count];
        for (int tag = 0; tag < map.Length; tag++)
        {
            map[tag] = Find(definition.Tags[tag], definition.Devices[definition.Tags[tag].DeviceId].Name);
        }

        _maps.Add(definition, map);
        return map;
    }

    /// <summary>No birth of this session has been published yet.</summary>
    public void ForgetBirths() => _devices.ForEach(static device => device.IsBorn = false);

    private int Find(TagDefinition tag, string deviceName)
    {
        if (!_deviceIndex.TryGetValue(deviceName, out int device))
        {
            device = _devices.Count;
            _devices.Add(new NodeDevice(deviceName, idOf(deviceName), topics));
            _deviceIndex.Add(deviceName, device);
            Revision++;
        }

        if (!_metricIndex.TryGetValue((device, tag.Name), out int metric))
        {
            metric = _metrics.Count;
            _metrics.Add(new NodeMetric(FirstDeviceAlias + (ulong)metric, tag.Name, tag.Kind, tag.Unit));
            _deviceOfMetric.Add(device);
            _devices[device].Metrics.Add(_metrics[metric]);
            _metricIndex.Add((device, tag.Name), metric);
            Revision++;
        }

        return metric;
    }
}
