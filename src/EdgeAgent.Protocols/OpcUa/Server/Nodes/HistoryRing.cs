namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>The latest values of a variable, kept in a ring, oldest first.</summary>
public sealed class HistoryRing(int capacity)
{
    private readonly DataValue[] _values = new DataValue[capacity];
    private int _first;

    public int Count { get; private set; }

    /// <summary>A value by its age: 0 is the oldest.</summary>
    internal ref readonly DataValue this[int index] => ref _values[(_first + index) % _values.Length];

    /// <summary>Adds a value newer than all before; one that is not newer is left out.</summary>
    internal void Add(in DataValue value)
    {
        if (Count > 0 && this[Count - 1].SourceTimestamp >= value.SourceTimestamp)
        {
            return;
        }
        if (Count < _values.Length)
        {
            _values[(_first + Count++) % _values.Length] = value;
            return;
        }
        _values[_first] = value;
        _first = (_first + 1) % _values.Length;
    }

    /// <summary>The position of the first value that is not older than an instant.</summary>
    internal int FirstFrom(DateTime utc) => First(utc, isInstantIncluded: true);

    /// <summary>The position of the first value that is newer than an instant.</summary>
    internal int FirstAfter(DateTime utc) => First(utc, isInstantIncluded: false);

    private int First(DateTime utc, bool isInstantIncluded)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            DateTime there = this[middle].SourceTimestamp;
            if (there < utc || (there == utc && !isInstantIncluded))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
