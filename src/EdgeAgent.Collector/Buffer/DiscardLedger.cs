using EdgeAgent.Collector.Buffer.Sqlite;

namespace EdgeAgent.Collector.Buffer;

/// <summary>What was given up and where it was declared. An entry lives until the batch that declares it is acknowledged; when
/// that batch is itself given up, the entry waits to be declared again.</summary>
internal sealed class DiscardLedger
{
    /// <summary>Most ranges that one batch declares; the rest follow in the next.</summary>
    public const int RangesPerBatchMax = 64;

    private readonly DeviceNames _names;
    private readonly SqliteStatement _save;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _rows;
    private readonly SortedDictionary<long, DiscardEntry> _entries = [];

    /// <summary>Entries up to this id may be in a snapshot that a batch is about to declare; they do not change any more.</summary>
    private long _frozenThroughId;

    public DiscardLedger(SqliteConnectionHandle connection, DeviceNames names)
    {
        _names = names;
        _save = connection.Prepare("""
            INSERT OR REPLACE INTO discarded (id, first_sequence, last_sequence, reason, readings, first, last, devices, declared_in)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, "write discard");
        _delete = connection.Prepare("DELETE FROM discarded WHERE id = ?", "delete discard");
        _rows = connection.Prepare("""
            SELECT id, first_sequence, last_sequence, reason, readings, first, last, devices, declared_in FROM discarded ORDER BY id
            """, "read discards");
    }

    public long UndeclaredReadings { get; private set; }

    public bool HasUndeclared { get; private set; }

    public void Load()
    {
        _entries.Clear();
        while (_rows.Step())
        {
            var entry = new DiscardEntry
            {
                Id = _rows.Int64(0),
                FirstSequence = _rows.Int64(1),
                LastSequence = _rows.Int64(2),
                Reason = _rows.Text(3),
                Readings = _rows.Int64(4),
                FirstTicks = _rows.Int64(5),
                LastTicks = _rows.Int64(6),
                DeclaredIn = _rows.NullableInt64(8),
            };
            _names.AddTo(entry.Devices, _rows.Blob(7));
            _entries[entry.Id] = entry;
        }

        _rows.Reset();
        Recount();
    }

    public IReadOnlyList<DiscardSummary> ReadAll() =>
        [.. _entries.Values.Select(e => new DiscardSummary(e.ToRange(_names), e.DeclaredIn))];

    /// <summary>Books a discard; joins it to the entry before when that is adjacent and not yet handed out.</summary>
    public void Add(long first, long last, string reason, long readings, long firstTicks, long lastTicks, Dictionary<int, long> devices)
    {
        DiscardEntry? entry = _entries.Values.LastOrDefault(e => e.DeclaredIn is null && e.Id > _frozenThroughId
            && e.Reason == reason && e.LastSequence == first - 1);
        if (entry is null)
        {
            entry = new DiscardEntry
            {
                Id = Math.Max(_frozenThroughId, _entries.Count == 0 ? 0 : _entries.Keys.Last()) + 1,
                FirstSequence = first,
                LastSequence = last,
                Reason = reason,
                Readings = 0,
                FirstTicks = firstTicks,
                LastTicks = lastTicks,
            };
            _entries.Add(entry.Id, entry);
        }

        entry.LastSequence = last;
        entry.Readings += readings;
        entry.FirstTicks = Math.Min(entry.FirstTicks, firstTicks);
        entry.LastTicks = Math.Max(entry.LastTicks, lastTicks);
        foreach ((int device, long count) in devices)
        {
            entry.Devices[device] = entry.Devices.GetValueOrDefault(device) + count;
        }

        Save(entry);
        Recount();
    }

    /// <summary>Hands out undeclared entries, oldest first; from now on they do not change.</summary>
    public DiscardedSnapshot Take(int rangesMax)
    {
        List<DiscardEntry> taken = [.. _entries.Values.Where(e => e.DeclaredIn is null).Take(rangesMax)];
        if (taken.Count == 0)
        {
            return DiscardedSnapshot.Empty;
        }

        _frozenThroughId = Math.Max(_frozenThroughId, taken[^1].Id);
        return new DiscardedSnapshot([.. taken.Select(e => e.ToRange(_names))], [.. taken.Select(e => e.Id)]);
    }

    public void Declare(DiscardedSnapshot snapshot, long sequence)
    {
        foreach (long id in snapshot.Ids)
        {
            if (_entries.TryGetValue(id, out DiscardEntry? entry))
            {
                entry.DeclaredIn = sequence;
                Save(entry);
            }
        }

        Recount();
    }

    /// <summary>The declaring batches are acknowledged: their entries are done.</summary>
    public void Settle(long firstSequence, long lastSequence)
    {
        foreach (DiscardEntry entry in DeclaredIn(firstSequence, lastSequence))
        {
            _entries.Remove(entry.Id);
            _delete.Bind(1, entry.Id).Run();
        }
    }

    /// <summary>A declaring batch was itself given up: what it declared is undeclared again.</summary>
    public void Undeclare(long sequence)
    {
        foreach (DiscardEntry entry in DeclaredIn(sequence, sequence))
        {
            entry.DeclaredIn = null;
            Save(entry);
        }

        Recount();
    }

    private List<DiscardEntry> DeclaredIn(long first, long last) =>
        _entries.Count == 0 ? [] : [.. _entries.Values.Where(e => e.DeclaredIn >= first && e.DeclaredIn <= last)];

    private void Save(DiscardEntry entry) => _save.Bind(1, entry.Id)
        .Bind(2, entry.FirstSequence)
        .Bind(3, entry.LastSequence)
        .Bind(4, entry.Reason)
        .Bind(5, entry.Readings)
        .Bind(6, entry.FirstTicks)
        .Bind(7, entry.LastTicks)
        .Bind(8, _names.Encode(entry.Devices))
        .Bind(9, entry.DeclaredIn)
        .Run();

    private void Recount()
    {
        UndeclaredReadings = 0;
        HasUndeclared = false;
        foreach (DiscardEntry entry in _entries.Values)
        {
            if (entry.DeclaredIn is null)
            {
                HasUndeclared = true;
                UndeclaredReadings += entry.Readings;
            }
        }
    }
}
