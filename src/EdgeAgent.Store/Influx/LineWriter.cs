using EdgeAgent.Store.Influx.Lines;

namespace EdgeAgent.Store.Influx;

/// <summary>Collects lines for one part of the store and sends them in pieces; finds the lines that the server refuses.</summary>
internal sealed class LineWriter(InfluxHttp http, InfluxSpace space, InfluxOptions options, RefusedLines refused)
{
    /// <summary>Refused lines searched for one by one in one write; beyond it the piece that holds them is kept aside whole.</summary>
    private const int SearchMax = 64;

    private int _searches;
    private LineBuffer _sent = new();
    private Task _sending = Task.CompletedTask;

    /// <summary>Where the next lines go. Another buffer after each flush, because the lines of the one before are still on their way.</summary>
    public LineBuffer Lines { get; private set; } = new();

    /// <summary>Sends what is there when it is enough, and does not wait for the answer: the server works while the next lines are written.</summary>
    /// <exception cref="StoreUnavailableException">The server did not take the piece before.</exception>
    public ValueTask FlushIfFullAsync(CancellationToken cancellation) => Lines.Length >= options.WriteBytesMax ? BeginFlushAsync(cancellation) : default;

    /// <summary>Sends what is there, and waits for nothing but the piece before.</summary>
    private async ValueTask BeginFlushAsync(CancellationToken cancellation)
    {
        await _sending;
        if (Lines.Lines == 0)
        {
            return;
        }

        (Lines, _sent) = (_sent, Lines);
        Lines.Clear();
        _searches = 0;
        _sending = SendAsync(0, _sent.Lines, cancellation);
    }

    /// <summary>Sends what is there and waits until all of it is written.</summary>
    /// <exception cref="StoreUnavailableException">The server does not take the lines now; some may be written, and writing them again is harmless.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await BeginFlushAsync(cancellation);
        await _sending;
    }

    /// <summary>Forgets what was not sent and what became of the rest, after a failure.</summary>
    public async ValueTask ClearAsync()
    {
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _sending = Task.CompletedTask;
        Lines.Clear();
    }

    private async Task SendAsync(int first, int count, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> piece = _sent.Slice(first, count);
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
