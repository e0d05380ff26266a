using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Buffer;

/// <summary>A set of sequences kept as ascending, disjoint, non-adjacent ranges: what a cursor has passed.</summary>
internal sealed class SequenceSet
{
    private readonly List<SequenceRange> _ranges = [];

    public IReadOnlyList<SequenceRange> Ranges => _ranges;

    /// <summary>The highest sequence up to which, from 1, everything is in the set; 0 when 1 is not.</summary>
    public long Contiguous => _ranges.Count > 0 && _ranges[0].First <= 1 ? _ranges[0].Last : 0;

    public SequenceSet Copy()
    {
        var copy = new SequenceSet();
        copy._ranges.AddRange(_ranges);
        return copy;
    }

    public bool Contains(long sequence)
    {
        int index = IndexOfFirstEndingAtOrAfter(sequence);
        return index < _ranges.Count && _ranges[index].First <= sequence;
    }

    /// <summary>How many sequences from 1 up to one are in the set.</summary>
    public long CountUpTo(long last)
    {
        long count = 0;
        foreach (SequenceRange range in _ranges)
        {
            count += Math.Max(0, Math.Min(range.Last, last) - Math.Max(range.First, 1) + 1);
        }

        return count;
    }

    public void Add(long sequence) => Add(sequence, sequence);

    public void Add(long first, long last)
    {
        if (first > last)
        {
            return;
        }

        // Adjacent ranges merge, so look one sequence to either side.
        int from = IndexOfFirstEndingAtOrAfter(first - 1);
        int to = from;
        while (to < _ranges.Count && _ranges[to].First <= last + 1)
        {
            first = Math.Min(first, _ranges[to].First);
            last = Math.Max(last, _ranges[to].Last);
            to++;
        }

        if (to - from == 1)
        {
            _ranges[from] = new SequenceRange(first, last);
            return;
        }

        _ranges.RemoveRange(from, to - from);
        _ranges.Insert(from, new SequenceRange(first, last));
    }

    public void UnionWith(SequenceSet other)
    {
        foreach (SequenceRange range in other._ranges)
        {
            Add(range.First, range.Last);
        }
    }

    public SequenceSet IntersectWith(SequenceSet other)
    {
        var result = new SequenceSet();
        int i = 0;
        int j = 0;
        while (i < _ranges.Count && j < other._ranges.Count)
        {
            SequenceRange a = _ranges[i];
            SequenceRange b = other._ranges[j];
            result.Add(Math.Max(a.First, b.First), Math.Min(a.Last, b.Last));
            if (a.Last < b.Last)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return result;
    }

    /// <summary>The ranges of this set that are not in the other.</summary>
    public List<SequenceRange> Except(SequenceSet other)
    {
        var result = new List<SequenceRange>();
        int j = 0;
        foreach (SequenceRange range in _ranges)
        {
            long first = range.First;
            while (j < other._ranges.Count && other._ranges[j].Last < first)
            {
                j++;
            }

            for (int k = j; k < other._ranges.Count && other._ranges[k].First <= range.Last && first <= range.Last; k++)
            {
                if (other._ranges[k].First > first)
                {
                    result.Add(new SequenceRange(first, other._ranges[k].First - 1));
                }

                first = other._ranges[k].Last + 1;
            }

            if (first <= range.Last)
            {
                result.Add(new SequenceRange(first, range.Last));
            }
        }

        return result;
    }

    private int IndexOfFirstEndingAtOrAfter(long sequence)
    {
        int low = 0;
        int high = _ranges.Count;
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
