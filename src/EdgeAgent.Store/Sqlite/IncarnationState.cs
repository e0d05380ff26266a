using EdgeAgent.Core.Model;
using EdgeAgent.Store.Sequences;

namespace EdgeAgent.Store.Sqlite;

/// <summary>The sequences of one incarnation as the writer knows them, changes of the open transaction included.</summary>
internal sealed class IncarnationState(long id, SequenceSet committed, SequenceSet discarded)
{
    public long Id { get; } = id;

    public SequenceSet Committed { get; } = committed;

    public SequenceSet Discarded { get; } = discarded;

    public static IncarnationState Load(SqliteDatabase database, long id)
    {
        List<SequenceRange> committed = [], discarded = [];
        Statement ranges = database.Sql("SELECT discarded, first, last FROM sequence_ranges WHERE incarnation_id = ?").Bind(1, id);
        while (ranges.Step())
        {
            (ranges.Int64(0) == 0 ? committed : discarded).Add(new SequenceRange(ranges.Int64(1), ranges.Int64(2)));
        }

        return new IncarnationState(id, new SequenceSet(committed), new SequenceSet(discarded));
    }

    public void Save(SqliteDatabase database)
    {
        Save(database, Committed, 0);
        Save(database, Discarded, 1);
    }

    public SequenceRecord ToRecord() => SequenceSet.Union(Committed, Discarded);

    private void Save(SqliteDatabase database, SequenceSet set, int discarded) => set.TakeChanges((first, last) =>
    {
        if (last is { } end)
        {
            database.Sql("INSERT INTO sequence_ranges VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET last = excluded.last")
                .Bind(1, Id).Bind(2, discarded).Bind(3, first).Bind(4, end).Run();
        }
        else
        {
            database.Sql("DELETE FROM sequence_ranges WHERE incarnation_id = ? AND discarded = ? AND first = ?")
                .Bind(1, Id).Bind(2, discarded).Bind(3, first).Run();
        }
    });
}
