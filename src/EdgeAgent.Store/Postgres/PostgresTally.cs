using EdgeAgent.Core.Model;
using Npgsql;

namespace EdgeAgent.Store.Postgres;

/// <summary>Sums what one group of batches adds to the accounts and totals, so that each row is written once a group.</summary>
internal sealed class PostgresTally(string schema)
{
    private readonly Dictionary<(int DeviceId, int Hour, Provenance Provenance), ScanAccount> _hours = [];
    private readonly Dictionary<int, (long Batches, long Readings, long Duplicates)> _agents = [];

    public void AddBatch(int agentId, StoredBatch batch, PostgresDefinition ids)
    {
        (long batches, long readings, long duplicates) = _agents.GetValueOrDefault(agentId);
        _agents[agentId] = (batches + 1, readings + batch.Readings.Count, duplicates);
        foreach (ScanAccount account in batch.Accounts)
        {
            var key = (ids.DeviceIds[account.DeviceId], account.Hour, account.Provenance);
            _hours[key] = _hours.TryGetValue(key, out ScanAccount sum) ? sum.Plus(account) : account;
        }
    }

    public void AddDuplicate(int agentId)
    {
        (long batches, long readings, long duplicates) = _agents.GetValueOrDefault(agentId);
        _agents[agentId] = (batches, readings, duplicates + 1);
    }

    public async Task SaveAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (_hours.Count > 0)
        {
            // In the order of the key, so that transactions that touch the same rows cannot wait for each other in a circle.
            var rows = _hours.OrderBy(h => (h.Key.Hour, h.Key.DeviceId, h.Key.Provenance)).ToArray();
            long[] Counts(Func<ScanAccount, long> of) => [.. rows.Select(r => of(r.Value))];
            await using NpgsqlCommand command = PostgresCatalogue.Command(connection, $"""
                INSERT INTO {schema}.device_hours AS h
                SELECT * FROM unnest($1::integer[], $2::integer[], $3::smallint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[])
                ON CONFLICT (hour, device_id, provenance) DO UPDATE SET due = h.due + excluded.due, good = h.good + excluded.good, bad = h.bad + excluded.bad,
                  missed = h.missed + excluded.missed, missed_down = h.missed_down + excluded.missed_down, filtered = h.filtered + excluded.filtered,
                  dropped = h.dropped + excluded.dropped, buffered = h.buffered + excluded.buffered, changed = h.changed + excluded.changed,
                  beyond = h.beyond + excluded.beyond, filled = h.filled + excluded.filled
                """,
                rows.Select(r => r.Key.Hour).ToArray(), rows.Select(r => r.Key.DeviceId).ToArray(), rows.Select(r => (short)r.Key.Provenance).ToArray(),
                Counts(a => a.Due), Counts(a => a.Good), Counts(a => a.Bad), Counts(a => a.Missed), Counts(a => a.MissedWhileDown),
                Counts(a => a.Filtered), Counts(a => a.Dropped), Counts(a => a.Buffered), Counts(a => a.Changed),
                Counts(a => a.Beyond), Counts(a => a.Filled));
            await command.ExecuteNonQueryAsync(cancellation);
        }

        foreach ((int id, var (batches, readings, duplicates)) in _agents.OrderBy(a => a.Key))
        {
            await using NpgsqlCommand command = PostgresCatalogue.Command(connection,
                $"UPDATE {schema}.agents SET batches = batches + $2, readings = readings + $3, duplicates = duplicates + $4 WHERE id = $1", id, batches, readings, duplicates);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
