using System.Text.Json;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using Npgsql;

namespace EdgeAgent.Store.Postgres;

/// <summary>What counts of the losses that an incarnation declared: the widest ranges, less what its stored batches inside them had due.</summary>
/// <remarks>Worked out anew from the declarations whenever one comes, or a batch that had been declared. So the order in which batches and
/// declarations arrive, and at which hub, cannot matter. Declarations are rare; most incarnations have none.</remarks>
internal sealed class PostgresLosses(string schema, PostgresCatalogue catalogue)
{
    private sealed record Declared(long First, long Last, long Readings, int DefinitionId, DiscardedAccount[] Accounts);

    public async Task DeclareAsync(NpgsqlConnection connection, int incarnationId, long declaredIn, int definitionId, DiscardedRange range, CancellationToken cancellation)
    {
        await using NpgsqlCommand command = PostgresCatalogue.Command(connection, $"""
            INSERT INTO {schema}.discards (incarnation_id, declared_in, definition_id, first, last, reason, readings, first_ticks, last_ticks, accounts)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            incarnationId, declaredIn, definitionId, range.FirstSequence, range.LastSequence, range.Reason.Replace('\0', '\uFFFD'), range.Readings,
            range.FirstTicks, range.LastTicks, JsonSerializer.SerializeToUtf8Bytes([.. range.Accounts], StoreJson.Default.DiscardedAccountArray));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task RecountAsync(NpgsqlConnection connection, int agentId, int incarnationId, CancellationToken cancellation)
    {
        long readings = 0;
        var due = new Dictionary<(int Hour, int DeviceId, Provenance Provenance), long>();
        foreach (Declared range in Widest(await ReadAsync(connection, incarnationId, cancellation)))
        {
            PlantDefinition declaring = await DefinitionAsync(connection, range.DefinitionId, cancellation);
            (long stored, Dictionary<(string, int, Provenance), long> known) = await StoredAsync(connection, incarnationId, range, cancellation);
            readings += range.Readings - Math.Min(stored, range.Readings);
            foreach (DiscardedAccount account in range.Accounts)
            {
                // Never more than was declared, so that nothing that an agent says makes a count negative.
                var key = (account.Device, account.Hour, account.Provenance);
                long part = Math.Min(account.Due, known.GetValueOrDefault(key));
                known[key] = known.GetValueOrDefault(key) - part;
                int device = await catalogue.DeviceByNameAsync(connection, agentId, declaring, account.Device, cancellation);
                var row = (account.Hour, device, account.Provenance);
                due[row] = due.GetValueOrDefault(row) + account.Due - part;
            }
        }

        await using (NpgsqlCommand clear = PostgresCatalogue.Command(connection, $"DELETE FROM {schema}.lost_hours WHERE incarnation_id = $1", incarnationId))
        {
            await clear.ExecuteNonQueryAsync(cancellation);
        }

        var rows = due.Where(d => d.Value > 0).ToArray();
        await using NpgsqlCommand insert = PostgresCatalogue.Command(connection,
            $"INSERT INTO {schema}.lost_hours SELECT $1, * FROM unnest($2::integer[], $3::integer[], $4::smallint[], $5::bigint[])",
            incarnationId, rows.Select(r => r.Key.Hour).ToArray(), rows.Select(r => r.Key.DeviceId).ToArray(), rows.Select(r => (short)r.Key.Provenance).ToArray(),
            rows.Select(r => r.Value).ToArray());
        await insert.ExecuteNonQueryAsync(cancellation);
        await using NpgsqlCommand total = PostgresCatalogue.Command(connection, $"UPDATE {schema}.incarnations SET lost_readings = $2 WHERE id = $1", incarnationId, readings);
        await total.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Ranges that lie in no other; of equal ones the first. Only numbers without readings or accounts count nothing.</summary>
    private static List<Declared> Widest(List<Declared> ranges)
    {
        var widest = new List<Declared>();
        long reached = long.MinValue;
        // By first and then the longest first, a range is inside another exactly when an earlier one reaches as far.
        foreach (Declared range in ranges.Where(r => r.Readings > 0 || r.Accounts.Length > 0).OrderBy(r => r.First).ThenByDescending(r => r.Last))
        {
            if (range.Last > reached)
            {
                widest.Add(range);
                reached = range.Last;
            }
        }

        return widest;
    }

    private async Task<List<Declared>> ReadAsync(NpgsqlConnection connection, int incarnationId, CancellationToken cancellation)
    {
        var ranges = new List<Declared>();
        await using NpgsqlCommand command = PostgresCatalogue.Command(connection,
            $"SELECT first, last, readings, definition_id, accounts FROM {schema}.discards WHERE incarnation_id = $1 ORDER BY id", incarnationId);
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            ranges.Add(new Declared(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt32(3),
                JsonSerializer.Deserialize(rows.GetFieldValue<byte[]>(4), StoreJson.Default.DiscardedAccountArray) ?? []));
        }

        return ranges;
    }

    private async Task<PlantDefinition> DefinitionAsync(NpgsqlConnection connection, int id, CancellationToken cancellation)
    {
        await using NpgsqlCommand command = PostgresCatalogue.Command(connection, $"SELECT content FROM {schema}.definitions WHERE id = $1", id);
        return PostgresQueries.ReadDefinition((byte[]?)await command.ExecuteScalarAsync(cancellation)
            ?? throw new StoreDamagedException($"Batches of the store name definition {id}, which is not there."));
    }

    /// <summary>What the stored batches of a range had due.</summary>
    private async Task<(long Readings, Dictionary<(string Device, int Hour, Provenance Provenance), long> Due)> StoredAsync(
        NpgsqlConnection connection, int incarnationId, Declared range, CancellationToken cancellation)
    {
        long readings = 0;
        var due = new Dictionary<(string, int, Provenance), long>();
        var decoded = new DecodedBatch();
        await using NpgsqlCommand command = PostgresCatalogue.Command(connection, $"""
            SELECT b.readings, signed, content FROM {schema}.batches b JOIN {schema}.definitions d ON d.id = definition_id
            WHERE incarnation_id = $1 AND sequence BETWEEN $2 AND $3
            """, incarnationId, range.First, range.Last);
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            readings += rows.GetInt32(0);
            decoded.Clear();
            if (BatchReader.TryRead(rows.GetFieldValue<byte[]>(1), decoded, BatchLimits.Default) != BatchReadStatus.Ok)
            {
                throw new StoreDamagedException("A stored batch can no longer be read.");
            }

            PlantDefinition definition = PostgresQueries.ReadDefinition(rows.GetFieldValue<byte[]>(2));
            foreach (ScanAccount account in decoded.Accounts)
            {
                var key = (definition.Devices[account.DeviceId].Name, account.Hour, account.Provenance);
                due[key] = due.GetValueOrDefault(key) + account.Due;
            }
        }

        return (readings, due);
    }
}
