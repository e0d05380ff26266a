using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>A monitored item: samples its node and queues what is to be reported (OPC 10000-4 §5.12.1).</summary>
internal sealed class MonitoredItem(uint id, ReadTarget target, TimestampsToReturn timestamps, MonitoringMode mode)
{
    // The info type of data values with the overflow bit (OPC 10000-4 §7.34.1).
    private const uint Overflow = 0x480;

    // Grows to the queue size as values come: what a client asks for costs nothing until it is used.
    private DataValue[] _queue = new DataValue[1];
    private int _capacity = 1;
    private int _first;
    private DataValue _reported;
    private bool _hasReported;

    public uint Id { get; } = id;

    public ReadTarget Target { get; } = target;

    public uint ClientHandle { get; private set; }

    public double SamplingIntervalMs { get; set; }

    public uint QueueSize => (uint)_capacity;

    public int Queued { get; private set; }

    public bool IsDeleted { get; set; }

    /// <summary>It stands in the subscription's list of items that have something to report.</summary>
    public bool IsListed { get; set; }

    public bool IsSampling => mode != MonitoringMode.Disabled && !IsDeleted;

    public bool IsReporting => mode == MonitoringMode.Reporting && !IsDeleted;

    private ItemFilter Filter { get; set; }

    private bool DiscardsOldest { get; set; }

    /// <summary>Takes new parameters; what is queued stays as far as it fits, newest first.</summary>
    public void Set(in MonitoringParameters parameters, ItemFilter filter, int queueSize)
    {
        ClientHandle = parameters.ClientHandle;
        DiscardsOldest = parameters.DiscardsOldest;
        Filter = filter;
        _capacity = queueSize;
        if (queueSize < _queue.Length)
        {
            Resize(queueSize);
        }
    }

    /// <summary>Looks at the node at an instant and queues what differs from the value before.</summary>
    public void Sample(AddressSpace space, DateTime utc)
    {
        DataValue value = AttributeReader.Read(space, Target, TimestampsToReturn.Both, utc);
        if (_hasReported && !Filter.IsReported(_reported, value))
        {
            return;
        }
        _reported = value;
        _hasReported = true;
        Enqueue(AttributeReader.Stamp(value, timestamps, utc));
    }

    /// <summary>Queues the latest value again, for a client that has none yet.</summary>
    public void Repeat(DateTime utc)
    {
        if (_hasReported && Queued == 0)
        {
            Enqueue(AttributeReader.Stamp(_reported, timestamps, utc));
        }
    }

    public DataValue Dequeue()
    {
        DataValue value = _queue[_first];
        _first = (_first + 1) % _queue.Length;
        Queued--;
        return value;
    }

    private void Resize(int size)
    {
        var queue = new DataValue[size];
        int kept = Math.Min(Queued, size);
        for (int i = 0; i < kept; i++)
        {
            queue[i] = _queue[(_first + Queued - kept + i) % _queue.Length];
        }
        (_queue, _first, Queued) = (queue, 0, kept);
    }

    private void Enqueue(in DataValue value)
    {
        if (Queued == _queue.Length && Queued < _capacity)
        {
            Resize(Math.Min(_capacity, _queue.Length * 2));
        }
        if (Queued < _queue.Length)
        {
            _queue[(_first + Queued++) % _queue.Length] = value;
            return;
        }
        if (_capacity == 1)
        {
            _queue[0] = value; // A queue of one never overflows: it holds the latest value.
            return;
        }
        int changed;
        if (DiscardsOldest)
        {
            _queue[_first] = value;
            _first = (_first + 1) % _queue.Length;
            changed = _first;
        }
        else
        {
            changed = (_first + Queued - 1) % _queue.Length;
            _queue[changed] = value;
        }
        _queue[changed] = _queue[changed] with { Status = _queue[changed].Status.Value | Overflow };
    }
}
