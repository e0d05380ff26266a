namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>The items of a subscription that are sampled at one interval.</summary>
internal sealed class SamplingGroup : IDisposable
{
    private readonly Subscription _subscription;
    private readonly ServerCore _core;
    private readonly List<MonitoredItem> _items = [];
    private readonly double _intervalMs;
    private readonly GridTimer _timer;

    public SamplingGroup(Subscription subscription, ServerCore core, double intervalMs)
    {
        _subscription = subscription;
        _core = core;
        _intervalMs = intervalMs;
        _timer = new GridTimer(core, TimeSpan.FromMilliseconds(intervalMs), Sample);
    }

    public void Add(MonitoredItem item) => _items.Add(item);

    /// <summary>Takes the samples that are due.</summary>
    public void CatchUp() => _timer.CatchUp();

    public void Dispose() => _timer.Dispose();

    private void Sample(DateTime utc)
    {
        // Items that were deleted or moved to another interval leave the list here.
        _items.RemoveAll(item => item.IsDeleted || item.SamplingIntervalMs != _intervalMs);
        if (_core.Faults.StuckValues)
        {
            return;
        }
        foreach (MonitoredItem item in _items)
        {
            if (item.IsSampling)
            {
                item.Sample(_core.Space, utc);
                _subscription.List(item);
            }
        }
    }
}
