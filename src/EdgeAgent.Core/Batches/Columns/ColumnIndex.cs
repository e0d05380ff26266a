using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Batches;

/// <summary>Sorts the readings of a batch into one column a kind, in order, and finds for each the value before of the same tag.</summary>
/// <remarks>Writer and reader build the same index, so that nothing of it is sent. Reused; grows to the largest batch seen.</remarks>
internal sealed class ColumnIndex
{
    private const int Kinds = (int)ValueKind.Bytes + 1;

    /// <summary>Newest reading so far by tag, plus one; all zero between batches.</summary>
    private int[] _last = new int[1024];
    private int[] _place = [];
    private readonly int[][] _rows = [[], [], [], [], [], [], [], []];
    private readonly int[][] _before = [[], [], [], [], [], [], [], []];
    private readonly int[] _counts = new int[Kinds];

    /// <summary>Indexes of the readings of one kind, in order.</summary>
    public ReadOnlySpan<int> Rows(ValueKind kind) => _rows[(int)kind].AsSpan(0, _counts[(int)kind]);

    /// <summary>For each reading of one kind the place in this column of its tag's reading before, or -1: when there is none, or it is of another kind.</summary>
    public ReadOnlySpan<int> Before(ValueKind kind) => _before[(int)kind].AsSpan(0, _counts[(int)kind]);

    /// <summary>Builds the index from tag ids (all at least 0) and kinds.</summary>
    public void Build(ReadOnlySpan<Reading> readings)
    {
        Array.Clear(_counts);
        foreach (ref readonly Reading reading in readings)
        {
            _counts[(int)reading.Kind]++;
        }

        for (int kind = 0; kind < Kinds; kind++)
        {
            if (_rows[kind].Length < _counts[kind])
            {
                _rows[kind] = new int[Capacity(_counts[kind])];
                _before[kind] = new int[_rows[kind].Length];
            }
        }

        if (_place.Length < readings.Length)
        {
            _place = new int[Capacity(readings.Length)];
        }

        Array.Clear(_counts);
        for (int i = 0; i < readings.Length; i++)
        {
            int kind = (int)readings[i].Kind;
            int place = _counts[kind]++;
            int last = Exchange(readings[i].TagId, i);
            _place[i] = place;
            _rows[kind][place] = i;
            _before[kind][place] = last >= 0 && (int)readings[last].Kind == kind ? _place[last] : -1;
        }

        foreach (ref readonly Reading reading in readings)
        {
            _last[reading.TagId] = 0;
        }
    }

    private int Exchange(int tagId, int index)
    {
        if (tagId >= _last.Length)
        {
            Array.Resize(ref _last, (int)Math.Max(tagId + 1L, Math.Min(_last.Length * 2L, Array.MaxLength)));
        }

        int before = _last[tagId] - 1;
        _last[tagId] = index + 1;
        return before;
    }

    private static int Capacity(int count) => Math.Max(256, count);
}
