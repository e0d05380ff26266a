using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>The node's own metrics: what a host cannot see from the devices' data.</summary>
internal sealed class NodeFigures
{
    private readonly NodeMetric _version = new(1, "Agent/Version", ValueKind.Text, "");
    private readonly NodeMetric _online = new(2, "Agent/Devices Online", ValueKind.Int64, "");
    private readonly NodeMetric _backlog = new(3, "Agent/Backlog Batches", ValueKind.Int64, "");
    private readonly NodeMetric _discarded = new(4, "Agent/Discarded Readings", ValueKind.Int64, "");
    private readonly List<NodeMetric> _changed = [];

    public NodeFigures(string version, long nowTicks)
    {
        _version.Keep(new Reading(0, Quality.Good, nowTicks, ValueKind.Text, 0), System.Text.Encoding.UTF8.GetBytes(version));
        Metrics = [_version, _online, _backlog, _discarded];
    }

    public IReadOnlyList<NodeMetric> Metrics { get; }

    /// <summary>Takes the figures of now.</summary>
    /// <returns>The metrics that changed.</returns>
    public IReadOnlyList<NodeMetric> Take(long online, long backlog, long discarded, long nowTicks)
    {
        _changed.Clear();
        Take(_online, online, nowTicks);
        Take(_backlog, backlog, nowTicks);
        Take(_discarded, discarded, nowTicks);
        return _changed;
    }

    private void Take(NodeMetric metric, long value, long nowTicks)
    {
        if (!metric.IsKnown || metric.Last.AsInt64 != value)
        {
            metric.Keep(Reading.Int64(0, Quality.Good, nowTicks, value), default);
            _changed.Add(metric);
        }
    }
}
