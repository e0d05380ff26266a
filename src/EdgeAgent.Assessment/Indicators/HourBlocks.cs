namespace EdgeAgent.Assessment.Indicators;

/// <summary>The hourly counts of one source, packed by the day: 16 bytes an hour, because a hub keeps millions of them.</summary>
/// <remarks>An hour whose counts are beyond 31 bits, or that has simulated or imported readings, lies beside the others in full.</remarks>
internal sealed class HourBlocks
{
    private const int BlockHours = 24;

    private readonly List<Packed[]?> _blocks = [];
    private readonly Dictionary<int, HourCounts> _full = [];
    private int _firstBlock;

    /// <summary>Adds to an hour.</summary>
    public void Add(int hour, in HourCounts counts)
    {
        ref Packed packed = ref SlotOf(hour);
        HourCounts sum = packed.IsFull ? _full[hour].Plus(counts) : packed.Has ? packed.ToCounts().Plus(counts) : counts;
        if (sum.Simulated == 0 && sum.Imported == 0 && Fits(sum.Due) && Fits(sum.Down) && Fits(sum.Good) && Fits(sum.Changed))
        {
            packed = new Packed((int)sum.Due + 1, (int)sum.Down, (int)sum.Good, (int)sum.Changed);
            return;
        }

        packed = Packed.Full;
        _full[hour] = sum;
    }

    /// <summary>Forgets an hour.</summary>
    public void Clear(int hour)
    {
        if (Has(hour))
        {
            SlotOf(hour) = default;
            _full.Remove(hour);
        }
    }

    public bool Has(int hour) => Find(hour) is { Has: true };

    /// <summary>The counts of an hour; zeros when there are no accounts of it.</summary>
    public HourCounts At(int hour)
    {
        Packed packed = Find(hour);
        return packed.IsFull ? _full[hour] : packed.Has ? packed.ToCounts() : default;
    }

    /// <summary>Readings due in an hour, or -1 when there are no accounts of it.</summary>
    public long DueAt(int hour)
    {
        Packed packed = Find(hour);
        return packed.IsFull ? _full[hour].Due : packed.DuePlusOne - 1L;
    }

    /// <summary>The first hour of [from, to) with accounts, or null.</summary>
    public int? FirstIn(int from, int to)
    {
        for (int hour = Math.Max(from, _firstBlock * BlockHours); hour < Math.Min(to, (_firstBlock + _blocks.Count) * BlockHours);)
        {
            if (BlockOf(hour) is null)
            {
                hour = ((hour / BlockHours) + 1) * BlockHours;
                continue;
            }

            if (Has(hour))
            {
                return hour;
            }

            hour++;
        }

        return null;
    }

    private static bool Fits(long count) => count is >= 0 and < int.MaxValue;

    private Packed Find(int hour) => BlockOf(hour) is { } block ? block[hour % BlockHours] : default;

    private Packed[]? BlockOf(int hour)
    {
        int block = (hour / BlockHours) - _firstBlock;
        return (uint)block < (uint)_blocks.Count ? _blocks[block] : null;
    }

    private ref Packed SlotOf(int hour)
    {
        int block = hour / BlockHours;
        if (_blocks.Count == 0)
        {
            _firstBlock = block;
        }

        if (block < _firstBlock)
        {
            _blocks.InsertRange(0, new Packed[]?[_firstBlock - block]);
            _firstBlock = block;
        }

        while (block - _firstBlock >= _blocks.Count)
        {
            _blocks.Add(null);
        }

        Packed[] slots = _blocks[block - _firstBlock] ??= new Packed[BlockHours];
        return ref slots[hour % BlockHours];
    }

    private readonly record struct Packed(int DuePlusOne, int Down, int Good, int Changed)
    {
        public static Packed Full { get; } = new(-1, 0, 0, 0);

        public bool Has => DuePlusOne != 0;

        public bool IsFull => DuePlusOne < 0;

        public HourCounts ToCounts() => new(DuePlusOne - 1L, Down, Good, Changed, 0, 0);
    }
}
