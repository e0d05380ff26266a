using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Commits a group of batches in one transaction: the bytes as received, sequences, accounts, definitions and totals.</summary>
/// <remarks>Used under the store's write lock. When it throws, nothing of the group is in the file.</remarks>
internal sealed class GroupAppender
{
    private readonly SqliteDatabase _database;
    private readonly Catalogue _catalogue;
    private readonly LastValues _lastValues;
    private readonly TimeProvider _time;
    private readonly GroupTally _tally = new();
    private readonly DeclaredLosses _losses;
    private readonly HashSet<IncarnationState> _touched = [];
    private readonly List<(StoredBatch Batch, DefinitionMap Map)> _stored = [];
    private Provenance[] _provenance = [];

    public GroupAppender(SqliteDatabase database, Catalogue catalogue, LastValues lastValues, TimeProvider time)
    {
        (_database, _catalogue, _lastValues, _time) = (database, catalogue, lastValues, time);
        _losses = new DeclaredLosses(database, catalogue, _tally);
    }

    /// <summary>Readings that the last group added.</summary>
    public long StoredReadings => _stored.Sum(s => (long)s.Batch.Readings.Count);

    public AppendOutcome[] Append(IReadOnlyList<StoredBatch> batches)
    {
        var outcomes = new AppendOutcome[batches.Count];
        _tally.Clear();
        _touched.Clear();
        _stored.Clear();
        try
        {
            _database.InTransaction(() =>
            {
                long received = UnixTicks.Now(_time);
                for (int i = 0; i < outcomes.Length; i++)
                {
                    outcomes[i] = AppendOne(batches[i], received);
                }

                foreach (IncarnationState state in _touched)
                {
                    state.Save(_database);
                }

                _tally.Save(_database);
            });
        }
        catch
        {
            _catalogue.Clear();
            _stored.Clear();
            throw;
        }

        foreach ((StoredBatch batch, DefinitionMap map) in _stored)
        {
            ApplyLast(batch, map);
        }

        return outcomes;
    }

    private AppendOutcome AppendOne(StoredBatch batch, long received)
    {
        long agentId = _catalogue.AgentId(batch.Agent);
        IncarnationState incarnation = _catalogue.Incarnation(agentId, batch.Incarnation);
        if (incarnation.Committed.Contains(batch.Sequence))
        {
            if (IsAnother(incarnation.Id, batch))
            {
                return AppendOutcome.Conflict;
            }

            _tally.AddDuplicate(agentId);
            return AppendOutcome.Duplicate;
        }

        DefinitionMap map = _catalogue.Definition(agentId, batch.Definition, announced: batch.NewDefinition is not null);
        Insert(batch, incarnation.Id, map.Id, received);
        incarnation.Committed.Add(batch.Sequence);
        _tally.AddBatch(agentId, batch, map);
        if (incarnation.Discarded.Contains(batch.Sequence))
        {
            _losses.TakeBack(agentId, incarnation, batch);
        }

        foreach (DiscardedRange range in batch.Discarded)
        {
            _losses.Declare(agentId, incarnation, batch, map, range);
        }

        _touched.Add(incarnation);
        _stored.Add((batch, map));
        return AppendOutcome.Stored;
    }

    /// <summary>Whether the stored batch of the same sequence is a different one. A batch that retention deleted can no longer be compared.</summary>
    private bool IsAnother(long incarnationId, StoredBatch batch)
    {
        Statement row = _database.Sql("SELECT hash FROM batches WHERE incarnation_id = ? AND sequence = ?").Bind(1, incarnationId).Bind(2, batch.Sequence);
        bool another = row.Step() && !row.Blob(0).SequenceEqual(batch.Hash.Span);
        row.Reset();
        return another;
    }

    private void Insert(StoredBatch batch, long incarnationId, long definitionId, long received)
    {
        long first = batch.CreatedTicks, last = batch.CreatedTicks;
        ReadOnlySpan<Reading> readings = batch.Readings.Readings;
        if (!readings.IsEmpty)
        {
            first = long.MaxValue;
            last = long.MinValue;
            foreach (ref readonly Reading reading in readings)
            {
                first = Math.Min(first, reading.SourceTicks);
                last = Math.Max(last, reading.SourceTicks);
            }
        }

        _database.Sql("INSERT INTO batches (incarnation_id, sequence, definition_id, hash, created, received, readings, first, last, signed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .Bind(1, incarnationId).Bind(2, batch.Sequence).Bind(3, definitionId).Bind(4, batch.Hash.Span).Bind(5, batch.CreatedTicks)
            .Bind(6, received).Bind(7, readings.Length).Bind(8, first).Bind(9, last).Bind(10, batch.Signed.Span).Run();
    }

    private void ApplyLast(StoredBatch batch, DefinitionMap map)
    {
        if (_provenance.Length < map.DeviceIds.Length)
        {
            _provenance = new Provenance[map.DeviceIds.Length];
        }

        map.ReadProvenance(batch.Accounts, _provenance);
        _lastValues.Apply(map, batch.Readings, _provenance);
    }
}
