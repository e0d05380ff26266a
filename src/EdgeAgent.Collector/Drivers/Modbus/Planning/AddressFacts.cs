using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus.Planning;

/// <summary>What has been learnt about a device's addresses: runs that it refuses, and how much it answers at once.</summary>
/// <remarks>The one rule behind it: when reading a run is refused, reading any run that contains it is refused too.
/// Kept for the life of the endpoint, over reconnects and over reloads that leave the device as it was.</remarks>
internal sealed class AddressFacts
{
    /// <summary>So many refused joints between good neighbours mean that the device dislikes long requests, not those places.</summary>
    private const int JointsToLimit = 3;

    private readonly Dictionary<ModbusFunction, TableFacts> _tables = [];

    /// <summary>Grows with each thing learnt or forgotten; plans made under a smaller one are stale.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>Runs known to be refused, over all tables.</summary>
    public int RefusedCount => _tables.Values.Sum(table => table.Refused.Count);

    /// <summary>Whether a request for [start, end) contains a run known to be refused.</summary>
    public bool Refuses(ModbusFunction function, int start, int end)
    {
        if (!_tables.TryGetValue(function, out TableFacts? table))
        {
            return false;
        }

        foreach ((int from, int to) in table.Refused)
        {
            if (from >= start && to <= end)
            {
                return true;
            }
        }

        return false;
    }

    public int CountMax(ModbusFunction function, int configured) =>
        _tables.TryGetValue(function, out TableFacts? table) ? Math.Min(configured, table.CountMax) : configured;

    /// <summary>Remembers that [start, end) is refused.</summary>
    public void Refuse(ModbusFunction function, int start, int end)
    {
        if (Table(function).Refused.Add((start, end)))
        {
            Version++;
        }
    }

    /// <summary>Forgets every refusal inside [start, end): it was answered.</summary>
    public void AllowWithin(ModbusFunction function, int start, int end)
    {
        if (Table(function).Refused.RemoveWhere(run => run.From >= start && run.To <= end) > 0)
        {
            Version++;
        }
    }

    /// <summary>Remembers that two runs are answered apart but refused together.</summary>
    public void RefuseTogether(in ReadBlock left, in ReadBlock right)
    {
        if (right.Address > left.End)
        {
            Refuse(left.Function, left.End, right.Address);
            return;
        }

        // Side by side: either a border of the device's memory lies between them, or both together are too long for it.
        TableFacts table = Table(left.Function);
        table.Joints++;
        if (table.Joints >= JointsToLimit)
        {
            Limit(left.Function, Math.Max(left.Count, right.Count));
        }
        else
        {
            Refuse(left.Function, right.Address - 1, right.Address + 1);
        }
    }

    /// <summary>Remembers that the device answers no more than this at once.</summary>
    public void Limit(ModbusFunction function, int countMax)
    {
        TableFacts table = Table(function);
        if (countMax < table.CountMax)
        {
            table.CountMax = Math.Max(1, countMax);
            Version++;
        }
    }

    private TableFacts Table(ModbusFunction function)
    {
        if (!_tables.TryGetValue(function, out TableFacts? table))
        {
            _tables[function] = table = new TableFacts();
        }

        return table;
    }

    private sealed class TableFacts
    {
        public HashSet<(int From, int To)> Refused { get; } = [];
        public int CountMax { get; set; } = int.MaxValue;
        public int Joints { get; set; }
    }
}
