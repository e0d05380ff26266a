using EdgeAgent.Core.Model;
using Npgsql;

namespace EdgeAgent.Store.Postgres;

/// <summary>Commits a group of batches in one transaction. Hubs that serve one agent take turns; hubs of different agents do not wait.</summary>
internal sealed class PostgresAppender(NpgsqlDataSource source, PostgresSchema tables, PostgresOptions options, TimeProvider time)
{
    private readonly string _schema = options.Schema;
    private readonly PostgresCatalogue _catalogue = new(options.Schema);

    public async Task<AppendOutcome[]> AppendAsync(IReadOnlyList<StoredBatch> batches, CancellationToken cancellation)
    {
        long now = UnixTicks.Now(time);
        short month = PostgresTime.MonthOf(now);
        await tables.EnsureMonthAsync(month, cancellation);
        try
        {
            await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellation);
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellation);
            AppendOutcome[] outcomes = await AppendAsync(connection, batches, now, month, cancellation);
            await transaction.CommitAsync(cancellation);
            return outcomes;
        }
        catch
        {
            _catalogue.Clear();
            throw;
        }
    }

    private async Task<AppendOutcome[]> AppendAsync(NpgsqlConnection connection, IReadOnlyList<StoredBatch> batches, long now, short month, CancellationToken cancellation)
    {
        var outcomes = new AppendOutcome[batches.Count];
        var tally = new PostgresTally(_schema);
        var parts = new List<ReadingCopy.Part>();
        var losses = new PostgresLosses(_schema, _catalogue);
        var chains = new List<Chain>();
        foreach (var agent in Enumerable.Range(0, batches.Count).GroupBy(i => batches[i].Agent).OrderBy(g => g.Key.Site, StringComparer.Ordinal).ThenBy(g => g.Key.Agent, StringComparer.Ordinal))
        {
            int agentId = await LockAsync(connection, agent.Key, cancellation);
            foreach (var chain in agent.GroupBy(i => batches[i].Incarnation))
            {
                chains.Add(await SortOutAsync(connection, agentId, chain.Key, batches, [.. chain], outcomes, tally, cancellation));
            }
        }

        Queue<long> batchIds = await ReserveIdsAsync(connection, chains.Sum(c => c.Fresh.Count), cancellation);
        foreach (Chain chain in chains)
        {
            foreach (StoredBatch batch in chain.Fresh)
            {
                PostgresDefinition ids = await _catalogue.DefinitionAsync(connection, chain.AgentId, batch.Definition, batch.NewDefinition is not null, cancellation);
                parts.Add(new ReadingCopy.Part(batch, batchIds.Dequeue(), ids, ProvenanceOf(batch)));
                tally.AddBatch(chain.AgentId, batch, ids);
                chain.LossesChanged |= chain.Sequences.Discarded.Contains(batch.Sequence);
                chain.Sequences.Committed.Add(batch.Sequence);
                foreach (DiscardedRange range in batch.Discarded)
                {
                    chain.Sequences.Discarded.Add(range.FirstSequence, range.LastSequence);
                    chain.LossesChanged = true;
                    await losses.DeclareAsync(connection, chain.Sequences.Id, batch.Sequence, ids.Id, range, cancellation);
                }
            }
        }

        await InsertBatchesAsync(connection, parts, chains, now, month, cancellation);
        await ReadingCopy.WriteAsync(connection, _schema, month, parts, cancellation);
        foreach (Chain chain in chains)
        {
            await chain.Sequences.SaveAsync(connection, _schema, cancellation);
            if (chain.LossesChanged)
            {
                await losses.RecountAsync(connection, chain.AgentId, chain.Sequences.Id, cancellation);
            }
        }

        await tally.SaveAsync(connection, cancellation);
        return outcomes;
    }

    /// <summary>The agent's row, locked until the transaction ends, so that what is read of its sequences stays true.</summary>
    private async Task<int> LockAsync(NpgsqlConnection connection, AgentKey agent, CancellationToken cancellation)
    {
        int id = await _catalogue.AgentAsync(connection, agent, cancellation);
        await using NpgsqlCommand command = PostgresCatalogue.Command(connection, $"SELECT id FROM {_schema}.agents WHERE id = $1 FOR UPDATE", id);
        await command.ExecuteScalarAsync(cancellation);
        return id;
    }

    /// <summary>Tells new batches from those that are committed already or stand earlier in the same group.</summary>
    private async Task<Chain> SortOutAsync(
        NpgsqlConnection connection, int agentId, Guid incarnation, IReadOnlyList<StoredBatch> batches, int[] indexes, AppendOutcome[] outcomes, PostgresTally tally,
        CancellationToken cancellation)
    {
        int id = await _catalogue.IncarnationAsync(connection, agentId, incarnation, cancellation);
        PostgresSequences sequences = await PostgresSequences.LoadAsync(connection, _schema, id, cancellation);
        var chain = new Chain(agentId, sequences);
        var hashes = new Dictionary<long, byte[]>();
        long[] repeated = [.. indexes.Select(i => batches[i].Sequence).Where(sequences.Committed.Contains)];
        if (repeated.Length > 0)
        {
            await using NpgsqlCommand command = PostgresCatalogue.Command(connection,
                $"SELECT sequence, hash FROM {_schema}.batches WHERE incarnation_id = $1 AND sequence = ANY ($2)", id, repeated);
            await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                hashes[rows.GetInt64(0)] = rows.GetFieldValue<byte[]>(1);
            }
        }

        foreach (int i in indexes)
        {
            StoredBatch batch = batches[i];
            bool known = hashes.TryGetValue(batch.Sequence, out byte[]? hash);
            if (known && !batch.Hash.Span.SequenceEqual(hash))
            {
                outcomes[i] = AppendOutcome.Conflict;
            }
            else if (known || sequences.Committed.Contains(batch.Sequence))
            {
                // A batch that retention deleted can no longer be compared.
                outcomes[i] = AppendOutcome.Duplicate;
                tally.AddDuplicate(agentId);
            }
            else
            {
                hashes.Add(batch.Sequence, batch.Hash.ToArray());
                chain.Fresh.Add(batch);
            }
        }

        return chain;
    }

    /// <summary>Ascending numbers for new batches. Taken under the locks of the agents, so that a later batch of one agent has the higher number.</summary>
    private async Task<Queue<long>> ReserveIdsAsync(NpgsqlConnection connection, int count, CancellationToken cancellation)
    {
        var ids = new Queue<long>(count);
        await using NpgsqlCommand command = PostgresCatalogue.Command(connection, $"SELECT nextval('{_schema}.batch_ids') FROM generate_series(1, $1)", count);
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            ids.Enqueue(rows.GetInt64(0));
        }

        return ids;
    }

    private async Task InsertBatchesAsync(NpgsqlConnection connection, List<ReadingCopy.Part> parts, List<Chain> chains, long now, short month, CancellationToken cancellation)
    {
        if (parts.Count == 0)
        {
            return;
        }

        int[] incarnations = [.. chains.SelectMany(c => c.Fresh.Select(_ => c.Sequences.Id))];
        await using NpgsqlCommand command = PostgresCatalogue.Command(connection, $"""
            INSERT INTO {_schema}.batches (month, received, id, incarnation_id, sequence, definition_id, created, readings, hash, signed)
            SELECT $1, $2, * FROM unnest($3::bigint[], $4::integer[], $5::bigint[], $6::integer[], $7::bigint[], $8::integer[], $9::bytea[], $10::bytea[])
            """,
            month, now, parts.Select(p => p.BatchId).ToArray(), incarnations, parts.Select(p => p.Batch.Sequence).ToArray(), parts.Select(p => p.Ids.Id).ToArray(),
            parts.Select(p => p.Batch.CreatedTicks).ToArray(), parts.Select(p => p.Batch.Readings.Count).ToArray(),
            parts.Select(p => p.Batch.Hash.ToArray()).ToArray(), parts.Select(p => p.Batch.Signed.ToArray()).ToArray());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static Provenance[] ProvenanceOf(StoredBatch batch)
    {
        var byDevice = new Provenance[batch.Definition.Devices.Count];
        foreach (ScanAccount account in batch.Accounts)
        {
            byDevice[account.DeviceId] = account.Provenance;
        }

        return byDevice;
    }

    /// <summary>What one incarnation has in the group.</summary>
    private sealed class Chain(int agentId, PostgresSequences sequences)
    {
        public int AgentId { get; } = agentId;

        public PostgresSequences Sequences { get; } = sequences;

        public List<StoredBatch> Fresh { get; } = [];

        public bool LossesChanged { get; set; }
    }
}
