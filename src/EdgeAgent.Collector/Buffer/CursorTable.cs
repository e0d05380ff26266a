using EdgeAgent.Collector.Buffer.Sqlite;

namespace EdgeAgent.Collector.Buffer;

/// <summary>The named cursors: what each publisher has passed, and what all of them have, which may be deleted.</summary>
internal sealed class CursorTable
{
    private readonly SqliteStatement _save;
    private readonly SqliteStatement _remove;
    private readonly SqliteStatement _rows;
    private IReadOnlyDictionary<string, long> _committedDiscards = new Dictionary<string, long>();

    /// <summary>Empty before the first commit: what all had passed when the database was closed need not have been deleted by then.</summary>
    private SequenceSet _committedReleased = new();
    private bool _movedAll;
    private readonly SortedDictionary<string, SequenceSet> _cursors = new(StringComparer.Ordinal);

    public CursorTable(SqliteConnectionHandle connection)
    {
        _save = connection.Prepare("INSERT OR REPLACE INTO cursors (name, passed) VALUES (?, ?)", "write cursor");
        _remove = connection.Prepare("DELETE FROM cursors WHERE name = ?", "remove cursor");
        _rows = connection.Prepare("SELECT name, passed FROM cursors", "read cursors");
    }

    /// <summary>What has been deleted because every cursor had passed it, or given up.</summary>
    public SequenceSet Released { get; private set; } = new();

    public IReadOnlyCollection<string> Names => _cursors.Keys;

    public SequenceSet Passed(string name) => _cursors[name];

    /// <summary>The highest sequence that any cursor has passed.</summary>
    public long HighestPassed => _cursors.Values.Max(p => p.Ranges.Count == 0 ? (long?)null : p.Ranges[^1].Last) ?? 0;

    public bool Has(string name) => _cursors.ContainsKey(name);

    /// <summary>What has happened so far is committed: a later rollback does not undo it.</summary>
    public void NoteCommitted()
    {
        _committedDiscards = DiscardedOf;
        _committedReleased = Released.Copy();
    }

    public void Load()
    {
        DiscardedOf = _committedDiscards;
        _cursors.Clear();
        while (_rows.Step())
        {
            _cursors[_rows.Text(0)] = Decode(_rows.Blob(1));
        }

        _rows.Reset();
        Released = _committedReleased.Copy();
    }

    /// <summary>Adds a cursor that stands before the oldest batch held.</summary>
    public void Add(string name, long oldestSequence)
    {
        var passed = new SequenceSet();
        passed.Add(1, oldestSequence - 1);
        _cursors.Add(name, passed);
        Save(name);
        Released = Intersect();
    }

    public void Remove(string name)
    {
        _cursors.Remove(name);
        _remove.Bind(1, name).Run();
        // Released stays as it was: what is now passed by all who are left is still to be deleted.
    }

    public void Pass(string name, SequenceSet sequences)
    {
        _cursors[name].UnionWith(sequences);
        Save(name);
    }

    /// <summary>Readings given up that each cursor had not passed, since the table was opened; replaced, never changed.</summary>
    public IReadOnlyDictionary<string, long> DiscardedOf { get; private set; } = new Dictionary<string, long>();

    /// <summary>Moves every cursor past sequences that no longer exist.</summary>
    /// <param name="readings">Readings that went with them.</param>
    public void PassAll(long first, long last, long readings = 0)
    {
        foreach ((string name, SequenceSet passed) in _cursors)
        {
            if (readings > 0 && !passed.Contains(first))
            {
                DiscardedOf = new Dictionary<string, long>(DiscardedOf) { [name] = DiscardedOf.GetValueOrDefault(name) + readings };
            }

            passed.Add(first, last);
            Save(name);
        }

        Released.Add(first, last);
        _movedAll = true;
    }

    /// <summary>Whether every cursor was moved past something since the last call.</summary>
    public bool TakeMovedAll()
    {
        bool moved = _movedAll;
        _movedAll = false;
        return moved;
    }

    /// <summary>What every cursor has passed; nothing when there are no cursors.</summary>
    public SequenceSet Intersect()
    {
        SequenceSet? common = null;
        foreach (SequenceSet passed in _cursors.Values)
        {
            common = common is null ? passed.Copy() : common.IntersectWith(passed);
        }

        return common ?? new SequenceSet();
    }

    private void Save(string name) => _save.Bind(1, name).Bind(2, Encode(_cursors[name])).Run();

    private static byte[] Encode(SequenceSet set)
    {
        var blob = new byte[set.Ranges.Count * 2 * Varints.BytesMax];
        int length = 0;
        foreach (var range in set.Ranges)
        {
            length += Varints.Write(blob.AsSpan(length), (ulong)range.First);
            length += Varints.Write(blob.AsSpan(length), (ulong)(range.Last - range.First));
        }

        return blob[..length];
    }

    private static SequenceSet Decode(ReadOnlySpan<byte> blob)
    {
        var set = new SequenceSet();
        while (Varints.TryRead(ref blob, out ulong first) && Varints.TryRead(ref blob, out ulong length))
        {
            set.Add((long)first, (long)(first + length));
        }

        return set;
    }
}
