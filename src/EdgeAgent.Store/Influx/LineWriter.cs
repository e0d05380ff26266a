using EdgeAgent.Store.Influx.Lines;

namespace EdgeAgent.Store.Influx;

/// <summary>Collects lines for one part of the store and sends them in pieces; finds the lines that the server refuses.</summary>
internal sealed class LineWriter(InfluxHttp http, InfluxSpace space, InfluxOptions options, RefusedLines refused)
{
    /// <summary>Refused lines searched for one by one in one write; beyond it the piece that holds them is kept aside whole.</summary>
    private const int SearchMax = 64;

    private int _searches;

    public LineBuffer Lines { get; } = new();

    public ValueTask FlushIfFullAsync(CancellationToken cancellation) => Lines.Length >= options.WriteBytesMax ? FlushAsync(cancellation) : default;

    /// <exception cref="StoreUnavailableException">The server does not take the lines now; some may be written, and writing them again is harmless.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (Lines.Lines == 0)
        {
            return;
        }

        _searches = 0;
        await SendAsync(0, Lines.Lines, cancellation);
        Lines.Clear();
    }

    private async Task SendAsync(int first, int count, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> piece = Lines.Slice(first, count);
        InfluxWriteAnswer answer = await http.WriteAsync(piece, space, cancellation);
        if (answer.Outcome == InfluxWriteOutcome.Written)
        {
            return;
        }

        if (space == InfluxSpace.Ledger && (count == 1 || answer.Outcome == InfluxWriteOutcome.Partial))
        {
            throw new StoreUnavailableException($"InfluxDB refuses an entry of the ledger, without which nothing may be acknowledged: {answer.Problem}");
        }

        if (count == 1 || (answer.Outcome == InfluxWriteOutcome.Partial && ++_searches > SearchMax))
        {
            refused.Keep(piece.Span, count, answer.Problem);
            return;
        }

        // The server says how many lines it refused, but not which. Writing the others again changes nothing.
        await SendAsync(first, count / 2, cancellation);
        await SendAsync(first + (count / 2), count - (count / 2), cancellation);
    }
}
