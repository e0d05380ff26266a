namespace EdgeAgent.Collector.Buffer;

/// <summary>What each cursor has passed, the acknowledgements that are not committed yet included. Safe for concurrent use.</summary>
internal sealed class PassedSequences
{
    private readonly object _gate = new();
    private Guid _incarnation;
    private readonly Dictionary<string, SequenceSet> _cursors = new(StringComparer.Ordinal);

    /// <summary>Takes over what the database says: alone when it is another chain's, else beside what is on its way into it.</summary>
    public void Take(Guid incarnation, CursorTable cursors)
    {
        lock (_gate)
        {
            if (incarnation != _incarnation)
            {
                _incarnation = incarnation;
                _cursors.Clear();
            }

            foreach (string name in cursors.Names)
            {
                if (_cursors.TryGetValue(name, out SequenceSet? passed))
                {
                    passed.UnionWith(cursors.Passed(name));
                }
                else
                {
                    _cursors.Add(name, cursors.Passed(name).Copy());
                }
            }
        }
    }

    public void Pass(Guid incarnation, string cursor, Action<SequenceSet> add)
    {
        lock (_gate)
        {
            if (incarnation == _incarnation)
            {
                add(Find(cursor));
            }
        }
    }

    public SequenceSet Copy(string cursor)
    {
        lock (_gate)
        {
            return Find(cursor).Copy();
        }
    }

    /// <summary>How many sequences up to one the cursor has not passed.</summary>
    public long Missing(string cursor, long last)
    {
        lock (_gate)
        {
            return last - Find(cursor).CountUpTo(last);
        }
    }

    public long Contiguous(string cursor)
    {
        lock (_gate)
        {
            return Find(cursor).Contiguous;
        }
    }

    private SequenceSet Find(string cursor) => _cursors.TryGetValue(cursor, out SequenceSet? set)
        ? set
        : throw new ArgumentException($"The buffer was opened without a cursor named '{cursor}'.", nameof(cursor));
}
