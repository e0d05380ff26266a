using System.Globalization;
using System.Text.Json;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Influx.Lines;
using EdgeAgent.Store.Sequences;

namespace EdgeAgent.Store.Influx;

/// <summary>What agents declared as given up, and what of it counts.</summary>
/// <remarks>Declarations are only written down when they come, because hubs that share a server write at the same time. What counts is
/// worked out when it is read: the widest ranges, less what stored batches inside them had due. The order of writing plays no part.</remarks>
internal sealed class InfluxLosses(InfluxHttp http)
{
    /// <summary>A declaration as it was written.</summary>
    internal sealed record Declared(AgentKey Agent, Guid Incarnation, long DeclaredIn, DiscardedRange Range, InfluxLoss[] Rows);

    /// <summary>What of a declaration counts.</summary>
    internal sealed record Counted(AgentKey Agent, InfluxLoss[] Rows, long Readings);

    public async Task<List<Declared>> ListAsync(string where, CancellationToken cancellation)
    {
        var declared = new List<Declared>();
        await http.QueryAsync(
            $"SELECT * FROM \"discard\" {where} GROUP BY \"site\", \"agent\", \"incarnation\"", InfluxSpace.Ledger,
            row =>
            {
                InfluxLoss[] rows = JsonSerializer.Deserialize(LongText.Read(row), StoreJson.Default.InfluxLossArray) ?? [];
                declared.Add(new Declared(
                    new AgentKey(row.Tag("site"), row.Tag("agent")), Guid.ParseExact(row.Tag("incarnation"), "N"), row.Int64("declared_in") ?? 0,
                    new DiscardedRange(
                        row.Int64("first") ?? 0, row.Int64("last") ?? 0, row.Text("reason") ?? "", row.Int64("readings") ?? 0,
                        row.Int64("first_ticks") ?? 0, row.Int64("last_ticks") ?? 0, [.. rows.Select(r => r.ToAccount())]),
                    rows));
            },
            cancellation);
        return declared;
    }

    /// <param name="where">Of which agents; empty for all.</param>
    public async Task<List<Counted>> ReadAsync(string where, CancellationToken cancellation)
    {
        var counted = new List<Counted>();
        foreach (var chain in (await ListAsync(where, cancellation)).GroupBy(d => (d.Agent, d.Incarnation)))
        {
            List<Declared> widest = Widest(chain);
            List<SequenceRange> withStored = await FindRunsWithStoredAsync(chain.Key.Agent, chain.Key.Incarnation, widest, cancellation);
            foreach (Declared declared in widest)
            {
                bool mayHold = withStored.Exists(run => run.First <= declared.Range.FirstSequence && declared.Range.LastSequence <= run.Last);
                counted.Add(mayHold
                    ? await SubtractStoredAsync(declared, cancellation)
                    : new Counted(declared.Agent, declared.Rows, declared.Range.Readings));
            }
        }

        return counted;
    }

    /// <summary>The ranges that no other holds, each once. Ranges of numbers only, after a power cut, say nothing and are left out.</summary>
    private static List<Declared> Widest(IEnumerable<Declared> chain)
    {
        var widest = new List<Declared>();
        long covered = 0;
        foreach (Declared declared in chain.Where(d => d.Range.Readings > 0 || d.Rows.Length > 0)
            .OrderBy(d => d.Range.FirstSequence).ThenByDescending(d => d.Range.LastSequence))
        {
            if (declared.Range.LastSequence > covered)
            {
                widest.Add(declared);
                covered = declared.Range.LastSequence;
            }
        }

        return widest;
    }

    /// <summary>One question for each run of adjacent ranges; nearly always there is no stored batch in any.</summary>
    private async Task<List<SequenceRange>> FindRunsWithStoredAsync(
        AgentKey agent, Guid incarnation, List<Declared> ranges, CancellationToken cancellation)
    {
        var runs = new SequenceSet();
        ranges.ForEach(d => runs.Add(d.Range.FirstSequence, d.Range.LastSequence));
        var found = new List<SequenceRange>();
        foreach (SequenceRange run in runs.Ranges)
        {
            long stored = 0;
            await http.QueryAsync(
                Invariant($"SELECT count(\"seq\") AS \"stored\" FROM \"batch\" WHERE {InfluxQl.Of(agent, incarnation)} AND time >= {run.First} AND time <= {run.Last}"),
                InfluxSpace.Ledger, row => stored = row.Int64("stored") ?? 0, cancellation);
            if (stored > 0)
            {
                found.Add(run);
            }
        }

        return found;
    }

    private async Task<Counted> SubtractStoredAsync(Declared declared, CancellationToken cancellation)
    {
        DiscardedRange range = declared.Range;
        InfluxLoss[] rows = [.. declared.Rows];
        foreach (int hour in rows.Select(r => r.Hour).Distinct().ToList())
        {
            // Each batch's share of an hour is a point of its own, at the batch's sequence in nanoseconds.
            long start = InfluxTime.OfHour(hour);
            await http.QueryAsync(
                Invariant($"""
                    SELECT sum("due") AS "due" FROM "account" WHERE {InfluxQl.Of(declared.Agent, declared.Incarnation)}
                    AND time >= {start + range.FirstSequence} AND time <= {start + range.LastSequence} GROUP BY "device", "provenance"
                    """),
                InfluxSpace.Ledger,
                row => Subtract(rows, hour, row.Tag("device"), Enum.Parse<Provenance>(row.Tag("provenance")), row.Int64("due") ?? 0), cancellation);
        }

        long readings = 0;
        await http.QueryAsync(
            Invariant($"""
                SELECT sum("readings") AS "readings" FROM "batch" WHERE {InfluxQl.Of(declared.Agent, declared.Incarnation)}
                AND time >= {range.FirstSequence} AND time <= {range.LastSequence}
                """),
            InfluxSpace.Ledger, row => readings = row.Int64("readings") ?? 0, cancellation);
        return new Counted(declared.Agent, rows, Math.Max(0, range.Readings - readings));
    }

    private static void Subtract(InfluxLoss[] rows, int hour, string device, Provenance provenance, long due)
    {
        foreach (ref InfluxLoss row in rows.AsSpan())
        {
            if (row.Hour == hour && row.Provenance == provenance && TagValue.Of(row.Device) == device)
            {
                // Never more than was declared, so that nothing that an agent says makes a count negative.
                long part = Math.Min(row.Due, due);
                row = row with { Due = row.Due - part };
                due -= part;
            }
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
