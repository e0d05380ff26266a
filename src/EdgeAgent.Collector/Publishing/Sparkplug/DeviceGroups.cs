using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>Sorts the readings of a batch by device without changing their order within one; its arrays are used again.</summary>
internal sealed class DeviceGroups
{
    private int[] _order = [];
    private int[] _ends = [];
    private int[] _starts = [];
    private int[] _metrics = [];
    private readonly List<int> _devices = [];

    /// <summary>Devices that have readings in the batch.</summary>
    public IReadOnlyList<int> Devices => _devices;

    /// <summary>Indexes of a device's readings in the batch, in the batch's order.</summary>
    public ReadOnlySpan<int> Of(int device) => _order.AsSpan(_starts[device], _ends[device] - _starts[device]);

    /// <summary>The metric of a reading by its index.</summary>
    public int MetricOf(int reading) => _metrics[reading];

    public void Sort(ReadingBatch batch, int[] map, NodeModel model)
    {
        ReadOnlySpan<Reading> readings = batch.Readings;
        Grow(ref _order, readings.Length);
        Grow(ref _metrics, readings.Length);
        Grow(ref _starts, model.Devices.Count);
        Grow(ref _ends, model.Devices.Count);
        _devices.Clear();
        Array.Clear(_ends, 0, model.Devices.Count);
        for (int i = 0; i < readings.Length; i++)
        {
            int metric = _metrics[i] = map[readings[i].TagId];
            int device = model.DeviceOf(metric);
            if (_ends[device]++ == 0)
            {
                _devices.Add(device);
            }
        }

        int at = 0;
        foreach (int device in _devices)
        {
            _starts[device] = at;
            at += _ends[device];
            _ends[device] = _starts[device];
        }

        for (int i = 0; i < readings.Length; i++)
        {
            _order[_ends[model.DeviceOf(_metrics[i])]++] = i;
        }
    }

    private static void Grow(ref int[] array, int needed)
    {
        if (array.Length < needed)
        {
            array = new int[Math.Max(needed, array.Length * 2)];
        }
    }
}
