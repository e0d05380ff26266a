using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sequences;

/// <summary>A growing set of sequences kept as ascending, disjoint, non-adjacent ranges, which remembers what changed since it was last saved.</summary>
internal sealed class SequenceSet
{
    private readonly List<SequenceRange> _ranges;
    private readonly HashSet<long> _touched = [];

    public SequenceSet() => _ranges = [];

    /// <param name="ranges">Saved ranges in any order; overlaps are merged.</param>
    public SequenceSet(IEnumerable<SequenceRange> ranges)
        : this()
    {
        foreach (SequenceRange range in ranges.OrderBy(r => r.First))
        {
            Add(range.First, range.Last);
        }

        _touched.Clear();
    }

    public IReadOnlyList<SequenceRange> Ranges => _ranges;

    public bool Contains(long sequence)
    {
        int index = FirstEndingAtOrAfter(sequence);
        return index < _ranges.Count && _ranges[index].First <= sequence;
    }

    public bool Intersects(long first, long last)
    {
        int index = FirstEndingAtOrAfter(first);
        return index < _ranges.Count && _ranges[index].First <= last;
    }

    public void Add(long sequence) => Add(sequence, sequence);

    public void Add(long first, long last)
    {
        if (first > last)
        {
            return;
        }

        int from = FirstEndingAtOrAfter(first - 1);
        int to = from;
        long newFirst = first, newLast = last;
        while (to < _ranges.Count && _ranges[to].First <= (last == long.MaxValue ? last : last + 1))
        {
            newFirst = Math.Min(newFirst, _ranges[to].First);
            newLast = Math.Max(newLast, _ranges[to].Last);
            _touched.Add(_ranges[to].First);
            to++;
        }

        _touched.Add(newFirst);
        var merged = new SequenceRange(newFirst, newLast);
        if (to > from)
        {
            _ranges[from] = merged;
            _ranges.RemoveRange(from + 1, to - from - 1);
        }
        else
        {
            _ranges.Insert(from, merged);
        }
    }

    /// <summary>Reports, once, each range that is new or changed (with its last sequence) or gone (null), by first sequence.</summary>
    public void TakeChanges(Action<long, long?> report)
    {
        foreach (long first in _touched)
        {
            int index = FirstEndingAtOrAfter(first);
            bool present = index < _ranges.Count && _ranges[index].First == first;
            report(first, present ? _ranges[index].Last : null);
        }

        _touched.Clear();
    }

    /// <summary>What an agent is told: the union of committed and discarded sequences.</summary>
    public static SequenceRecord Union(SequenceSet committed, SequenceSet discarded)
    {
        List<SequenceRange> all = committed._ranges;
        if (discarded._ranges.Count > 0)
        {
            all = new SequenceSet(committed._ranges.Concat(discarded._ranges))._ranges;
        }

        return all.Count > 0 && all[0].First <= 1
            ? new SequenceRecord(all[0].Last, all.GetRange(1, all.Count - 1))
            : all.Count == 0 ? SequenceRecord.Empty : new SequenceRecord(0, [.. all]);
    }

    private int FirstEndingAtOrAfter(long sequence)
    {
        int low = 0, high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_ranges[middle].Last < sequence)
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
