using EdgeAgent.Collector.Buffer.Sqlite;

namespace EdgeAgent.Collector.Buffer;

/// <summary>What was given up and where it was declared. An entry lives until the batch that declares it is acknowledged; when
/// that batch is itself given up, the entry waits to be declared again.</summary>
internal sealed class DiscardLedger
{
    /// <summary>Most ranges that one batch declares; the rest follow in the next.</summary>
    public const int RangesPerBatchMax = 64;

    /// <summary>Most rows of accounts that one batch declares, unless one range has more.</summary>
    private const int RowsPerBatchMax = 16_384;

    /// <summary>An entry is written anew with each batch that joins it, so it must stay small: it takes no new device or hour beyond this.</summary>
    private const int RowsPerEntryMax = 1024;

    private readonly DeviceNames _names;
    private readonly SqliteStatement _save;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _rows;
    private readonly SortedDictionary<long, DiscardEntry> _entries = [];

    /// <summary>Entries in the snapshot that a batch is about to declare; they do not change.</summary>
    private readonly HashSet<long> _handedOut = [];

    public DiscardLedger(SqliteConnectionHandle connection, DeviceNames names)
    {
        _names = names;
        _save = connection.Prepare("""
            INSERT OR REPLACE INTO discarded (id, first_sequence, last_sequence, reason, readings, first, last, accounts, declared_in)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, "write discard");
        _delete = connection.Prepare("DELETE FROM discarded WHERE id = ?", "delete discard");
        _rows = connection.Prepare("""
            SELECT id, first_sequence, last_sequence, reason, readings, first, last, accounts, declared_in FROM discarded ORDER BY id
            """, "read discards");
    }

    public long UndeclaredReadings { get; private set; }

    public int UndeclaredRanges { get; private set; }

    /// <summary>Whether there is something to declare and no batch on its way that declares.</summary>
    public bool MayDeclare { get; private set; }

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
            entry.Accounts.Add(_rows.Blob(7));
            _entries[entry.Id] = entry;
        }

        _rows.Reset();
        Recount();
    }

    public IReadOnlyList<DiscardSummary> ReadAll() =>
        [.. _entries.Values.Select(e => new DiscardSummary(e.ToRange(_names), e.DeclaredIn))];

    /// <summary>Books a discard; joins it to an entry beside it that is not handed out.</summary>
    public void Add(long first, long last, string reason, long readings, long firstTicks, long lastTicks, AccountSums accounts)
    {
        var entry = new DiscardEntry
        {
            Id = (_entries.Count == 0 ? 0 : _entries.Keys.Last()) + 1,
            FirstSequence = first,
            LastSequence = last,
            Reason = reason,
            Readings = readings,
            FirstTicks = firstTicks,
            LastTicks = lastTicks,
        };
        entry.Accounts.Add(accounts);
        _entries.Add(entry.Id, entry);
        Save(JoinToNeighbours(entry));
        Recount();
    }

    /// <summary>Hands out undeclared entries, oldest first; they do not change until the next call, or until they are declared. While
    /// a batch that declares something is on its way, nothing is handed out: what is given up meanwhile gathers in few entries.</summary>
    public DiscardedSnapshot Take(int rangesMax, Guid incarnation)
    {
        _handedOut.Clear();
        if (!MayDeclare)
        {
            return DiscardedSnapshot.Empty;
        }

        var taken = new List<DiscardEntry>();
        int rows = 0;
        foreach (DiscardEntry entry in _entries.Values)
        {
            if (taken.Count == rangesMax || (taken.Count > 0 && rows + entry.Accounts.Count > RowsPerBatchMax))
            {
                break;
            }

            taken.Add(entry);
            _handedOut.Add(entry.Id);
            rows += entry.Accounts.Count;
        }

        return new DiscardedSnapshot([.. taken.Select(e => e.ToRange(_names))], [.. taken.Select(e => e.Id)], incarnation);
    }

    public void Declare(DiscardedSnapshot snapshot, long sequence)
    {
        foreach (long id in snapshot.Ids)
        {
            _handedOut.Remove(id);
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
            Remove(entry);
        }

        Recount();
    }

    /// <summary>A declaring batch was itself given up: what it declared is undeclared again.</summary>
    public void Undeclare(long sequence)
    {
        foreach (DiscardEntry entry in DeclaredIn(sequence, sequence))
        {
            entry.DeclaredIn = null;
            Save(JoinToNeighbours(entry));
        }

        Recount();
    }

    /// <summary>Takes in the entries beside this one. A range only ever grows by whole ranges, never shrinks and never overlaps another:
    /// from that the hub knows which of two declarations holds the other.</summary>
    private DiscardEntry JoinToNeighbours(DiscardEntry entry)
    {
        foreach (DiscardEntry other in _entries.Values.Where(other => MayJoin(entry, other)).ToList())
        {
            // The two on either side may only fit one at a time.
            if (entry.Accounts.CountWith(other.Accounts) <= Math.Max(RowsPerEntryMax, Math.Max(entry.Accounts.Count, other.Accounts.Count)))
            {
                entry.FirstSequence = Math.Min(entry.FirstSequence, other.FirstSequence);
                entry.LastSequence = Math.Max(entry.LastSequence, other.LastSequence);
                entry.FirstTicks = Math.Min(entry.FirstTicks, other.FirstTicks);
                entry.LastTicks = Math.Max(entry.LastTicks, other.LastTicks);
                entry.Readings += other.Readings;
                entry.Accounts.Add(other.Accounts);
                Remove(other);
            }
        }

        return entry;
    }

    private bool MayJoin(DiscardEntry entry, DiscardEntry other) => other != entry && other.DeclaredIn is null && !_handedOut.Contains(other.Id)
        && other.Reason == entry.Reason && (other.LastSequence == entry.FirstSequence - 1 || other.FirstSequence == entry.LastSequence + 1);

    private void Remove(DiscardEntry entry)
    {
        _entries.Remove(entry.Id);
        _delete.Bind(1, entry.Id).Run();
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
        .Bind(8, entry.Accounts.ToBlob())
        .Bind(9, entry.DeclaredIn)
        .Run();

    private void Recount()
    {
        UndeclaredReadings = 0;
        UndeclaredRanges = 0;
        foreach (DiscardEntry entry in _entries.Values.Where(e => e.DeclaredIn is null))
        {
            UndeclaredReadings += entry.Readings;
            UndeclaredRanges++;
        }

        MayDeclare = UndeclaredRanges > 0 && UndeclaredRanges == _entries.Count;
    }
}
