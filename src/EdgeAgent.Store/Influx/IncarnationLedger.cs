using System.Globalization;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Influx.Lines;
using EdgeAgent.Store.Sequences;

namespace EdgeAgent.Store.Influx;

/// <summary>One incarnation's markers: which sequences are committed, and what they add up to.</summary>
/// <remarks>Markers up to a sequence without a gap never change, so their sum is kept, in memory and as a point of measurement
/// <c>progress</c>; only those above are read again, because other hubs may have written some.</remarks>
internal sealed class IncarnationLedger(InfluxHttp http, InfluxOptions options, RefusedLines refused, AgentKey agent, Guid incarnation)
{
    /// <summary>Markers behind the highest known one that are read again each time: hubs of one group are never further apart.</summary>
    private const int Window = 4096;

    /// <summary>How many batches the saved sum may lie behind.</summary>
    private const int SaveEvery = 1000;

    private readonly SortedDictionary<long, LedgerSums> _above = [];
    private readonly string _where = InfluxQl.Of(agent, incarnation);
    private LedgerSums _prefix;
    private long _contiguous;
    private long _saved = -1;

    /// <summary>How often the saved sum was taken back.</summary>
    private long _reopened;
    private SequenceSet _discarded = new();

    public AgentKey Agent => agent;

    public LedgerSums Sums => _above.Values.Aggregate(_prefix, (sum, batch) => sum.Plus(batch));

    public SequenceRecord Record
    {
        get
        {
            var committed = new SequenceSet();
            if (_contiguous > 0)
            {
                committed.Add(1, _contiguous);
            }

            foreach (long sequence in _above.Keys)
            {
                committed.Add(sequence);
            }

            return SequenceSet.Union(committed, _discarded);
        }
    }

    /// <summary>Batches are about to be stored; when one of them had been declared lost, sums may have been carried on over it. They are made
    /// anew: here, by hubs that start, and by the others, which see that the sum was reopened.</summary>
    public async Task ReopenAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellation)
    {
        bool declared = false;
        await http.QueryAsync(
            Invariant($"SELECT \"first\", \"last\" FROM \"discard\" WHERE {_where} AND \"last\" >= {sequences.Min()} AND \"first\" <= {sequences.Max()}"),
            InfluxSpace.Ledger, row => declared |= sequences.Any(s => s >= row.Int64("first") && s <= row.Int64("last")), cancellation);
        if (declared)
        {
            await LoadProgressAsync(cancellation);
            _above.Clear();
            _prefix = default;
            _contiguous = 0;
            _reopened++;
            await SaveProgressAsync(cancellation);
        }
    }

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await LoadProgressAsync(cancellation);
        var discarded = new SequenceSet();
        await http.QueryAsync(
            $"SELECT \"first\", \"last\" FROM \"discard\" WHERE {_where}", InfluxSpace.Ledger,
            row => discarded.Add(row.Int64("first") ?? 0, row.Int64("last") ?? -1), cancellation);
        _discarded = discarded;
        long from = _above.Count < Window ? _contiguous : _above.Keys.Last() - Window;
        await http.QueryAsync(
            Invariant($"SELECT \"seq\", \"readings\", {LedgerSums.Columns} FROM \"batch\" WHERE {_where} AND time > {from}"), InfluxSpace.Ledger,
            row => _above[row.Time] = LedgerSums.Read(row, 1), cancellation);
        Advance();
        if (_contiguous >= _saved + SaveEvery)
        {
            await SaveProgressAsync(cancellation);
        }
    }

    private void Advance()
    {
        while (true)
        {
            if (_above.Remove(_contiguous + 1, out LedgerSums batch))
            {
                _prefix = _prefix.Plus(batch);
                _contiguous++;
            }
            else if (_discarded.Contains(_contiguous + 1))
            {
                _contiguous++;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Takes the saved sum over at the start, and when another hub has reopened it.</summary>
    private async Task LoadProgressAsync(CancellationToken cancellation)
    {
        await http.QueryAsync(
            $"SELECT \"reopened\", \"contiguous\", \"batches\", \"readings\", {LedgerSums.Columns} FROM \"progress\" WHERE {_where}", InfluxSpace.Ledger,
            row =>
            {
                long reopened = row.Int64("reopened") ?? 0;
                if (_saved < 0 || reopened != _reopened)
                {
                    _reopened = reopened;
                    _above.Clear();
                    _saved = _contiguous = row.Int64("contiguous") ?? 0;
                    _prefix = LedgerSums.Read(row, row.Int64("batches") ?? 0);
                }
            },
            cancellation);
        _saved = Math.Max(_saved, 0);
    }

    private async Task SaveProgressAsync(CancellationToken cancellation)
    {
        var writer = new LineWriter(http, InfluxSpace.Ledger, options, refused);
        ScanAccount a = _prefix.Accounts;
        writer.Lines.Raw("progress"u8).Tag("agent"u8, agent.Agent).Tag("incarnation"u8, incarnation.ToString("N")).Tag("site"u8, agent.Site).Raw(" "u8)
            .Integer("contiguous"u8, _contiguous).Integer(",reopened"u8, _reopened).Integer(",batches"u8, _prefix.Batches).Integer(",readings"u8, _prefix.Readings)
            .Integer(",due"u8, a.Due).Integer(",good"u8, a.Good).Integer(",bad"u8, a.Bad)
            .Integer(",missed"u8, a.Missed).Integer(",missed_down"u8, a.MissedWhileDown).Integer(",filtered"u8, a.Filtered)
            .Integer(",dropped"u8, a.Dropped).Integer(",buffered"u8, a.Buffered).Integer(",changed"u8, a.Changed)
            .Integer(",beyond"u8, a.Beyond).Integer(",filled"u8, a.Filled);
        writer.Lines.EndLine(0);
        await writer.FlushAsync(cancellation);
        _saved = _contiguous;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
