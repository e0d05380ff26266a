using EdgeAgent.Core.Model;
using EdgeAgent.Store.Sequences;
using Npgsql;

namespace EdgeAgent.Store.Postgres;

/// <summary>The sequences of one incarnation within a transaction.</summary>
internal sealed class PostgresSequences(int id, SequenceSet committed, SequenceSet discarded)
{
    public int Id { get; } = id;

    public SequenceSet Committed { get; } = committed;

    public SequenceSet Discarded { get; } = discarded;

    public SequenceRecord ToRecord() => SequenceSet.Union(Committed, Discarded);

    public static async Task<PostgresSequences> LoadAsync(NpgsqlConnection connection, string schema, int id, CancellationToken cancellation)
    {
        List<SequenceRange> committed = [], discarded = [];
        await using NpgsqlCommand command = PostgresCatalogue.Command(connection, $"SELECT discarded, first, last FROM {schema}.sequence_ranges WHERE incarnation_id = $1", id);
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            (rows.GetBoolean(0) ? discarded : committed).Add(new SequenceRange(rows.GetInt64(1), rows.GetInt64(2)));
        }

        return new PostgresSequences(id, new SequenceSet(committed), new SequenceSet(discarded));
    }

    public async Task SaveAsync(NpgsqlConnection connection, string schema, CancellationToken cancellation)
    {
        await SaveAsync(connection, schema, Committed, false, cancellation);
        await SaveAsync(connection, schema, Discarded, true, cancellation);
    }

    private async Task SaveAsync(NpgsqlConnection connection, string schema, SequenceSet set, bool isDiscarded, CancellationToken cancellation)
    {
        var gone = new List<long>();
        var changed = new List<(long First, long Last)>();
        set.TakeChanges((first, last) =>
        {
            if (last is { } end)
            {
                changed.Add((first, end));
            }
            else
            {
                gone.Add(first);
            }
        });
        if (gone.Count > 0)
        {
            await using NpgsqlCommand delete = PostgresCatalogue.Command(connection,
                $"DELETE FROM {schema}.sequence_ranges WHERE incarnation_id = $1 AND discarded = $2 AND first = ANY ($3)", Id, isDiscarded, gone.ToArray());
            await delete.ExecuteNonQueryAsync(cancellation);
        }

        if (changed.Count > 0)
        {
            await using NpgsqlCommand upsert = PostgresCatalogue.Command(connection, $"""
                INSERT INTO {schema}.sequence_ranges SELECT $1, $2, * FROM unnest($3::bigint[], $4::bigint[])
                ON CONFLICT (incarnation_id, discarded, first) DO UPDATE SET last = excluded.last
                """, Id, isDiscarded, changed.Select(r => r.First).ToArray(), changed.Select(r => r.Last).ToArray());
            await upsert.ExecuteNonQueryAsync(cancellation);
        }
    }
}
