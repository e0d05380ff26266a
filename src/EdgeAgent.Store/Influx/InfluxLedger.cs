using System.Globalization;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Influx.Lines;

namespace EdgeAgent.Store.Influx;

/// <summary>What is committed: sequences, hashes, totals, losses. All of it in InfluxDB, so that several hubs can share it.</summary>
internal sealed class InfluxLedger(InfluxHttp http, InfluxOptions options, RefusedLines refused, InfluxLosses losses)
{
    /// <summary>Sequences of one group that lie further apart are asked for in two queries.</summary>
    private const int GapMax = 1000;

    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<(AgentKey, Guid), IncarnationLedger> _incarnations = [];

    /// <summary>The hashes of those of the sequences that are committed.</summary>
    public async Task<Dictionary<long, string>> FindHashesAsync(AgentKey agent, Guid incarnation, IReadOnlyList<long> ascending, CancellationToken cancellation)
    {
        var hashes = new Dictionary<long, string>();
        for (int from = 0; from < ascending.Count;)
        {
            int to = from + 1;
            while (to < ascending.Count && ascending[to] - ascending[to - 1] <= GapMax)
            {
                to++;
            }

            await http.QueryAsync(
                string.Create(CultureInfo.InvariantCulture,
                    $"SELECT \"hash\" FROM \"batch\" WHERE {InfluxQl.Of(agent, incarnation)} AND time >= {ascending[from]} AND time <= {ascending[to - 1]}"),
                InfluxSpace.Ledger, row => hashes[row.Time] = row.Text("hash") ?? "", cancellation);
            from = to;
        }

        return hashes;
    }

    public async Task<byte[]?> ReadBatchAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation)
    {
        long? storedAt = null;
        await http.QueryAsync(
            string.Create(CultureInfo.InvariantCulture, $"SELECT \"stored\" FROM \"batch\" WHERE {InfluxQl.Of(agent, incarnation)} AND time = {sequence}"),
            InfluxSpace.Ledger, row => storedAt = row.Int64("stored"), cancellation);
        byte[]? signed = null;
        if (storedAt is not null)
        {
            await http.QueryAsync(
                string.Create(CultureInfo.InvariantCulture, $"SELECT * FROM \"evidence\" WHERE {InfluxQl.Of(agent, incarnation)} AND time = {storedAt}"),
                InfluxSpace.Raw, row => signed = LongText.Read(row), cancellation);
        }

        return signed;
    }

    public async Task<SequenceRecord> ReadSequencesAsync(AgentKey agent, Guid incarnation, CancellationToken cancellation) =>
        await WithAsync(agent, incarnation, ledger => ledger.Record, cancellation);

    /// <summary>To be called before batches are stored.</summary>
    public async Task ReopenAsync(AgentKey agent, Guid incarnation, IReadOnlyCollection<long> sequences, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            await LedgerOf(agent, incarnation).ReopenAsync(sequences, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<List<(AgentKey Agent, Guid Incarnation)>> ListAsync(AgentKey? agent, IReadOnlyDictionary<(string, string), AgentKey> names, CancellationToken cancellation)
    {
        var found = new List<(AgentKey, Guid)>();
        string where = agent is { } one ? $"WHERE {InfluxQl.Of(one)}" : "";
        await http.QueryAsync(
            $"SELECT last(\"seq\") FROM \"batch\" {where} GROUP BY \"site\", \"agent\", \"incarnation\"", InfluxSpace.Ledger,
            row => found.Add((
                names.TryGetValue((row.Tag("site"), row.Tag("agent")), out AgentKey key) ? key : new AgentKey(row.Tag("site"), row.Tag("agent")),
                Guid.ParseExact(row.Tag("incarnation"), "N"))),
            cancellation);
        return found;
    }

    public async Task<LedgerSums> ReadSumsAsync(IEnumerable<(AgentKey Agent, Guid Incarnation)> incarnations, CancellationToken cancellation)
    {
        LedgerSums sums = default;
        foreach ((AgentKey agent, Guid incarnation) in incarnations)
        {
            sums = sums.Plus(await WithAsync(agent, incarnation, ledger => ledger.Sums, cancellation));
        }

        return sums;
    }

    public async Task<List<DiscardRecord>> ListDiscardsAsync(AgentKey agent, CancellationToken cancellation)
    {
        return [.. (await losses.ListAsync($"WHERE {InfluxQl.Of(agent)}", cancellation))
            .Select(d => new DiscardRecord(d.Incarnation, d.DeclaredIn, d.Range)).OrderBy(d => d.Incarnation).ThenBy(d => d.DeclaredIn)];
    }

    private async Task<T> WithAsync<T>(AgentKey agent, Guid incarnation, Func<IncarnationLedger, T> read, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            IncarnationLedger ledger = LedgerOf(agent, incarnation);
            await ledger.RefreshAsync(cancellation);
            return read(ledger);
        }
        finally
        {
            _gate.Release();
        }
    }

    private IncarnationLedger LedgerOf(AgentKey agent, Guid incarnation)
    {
        if (!_incarnations.TryGetValue((agent, incarnation), out IncarnationLedger? ledger))
        {
            ledger = new IncarnationLedger(http, options, refused, agent, incarnation);
            _incarnations.Add((agent, incarnation), ledger);
        }

        return ledger;
    }
}
