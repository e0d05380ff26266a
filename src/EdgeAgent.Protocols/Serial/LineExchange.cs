using System.Runtime.CompilerServices;

namespace EdgeAgent.Protocols.Serial;

/// <summary>Questions and answers on one line: one question at a time, callers in the order in which they came.</summary>
/// <remarks>
/// Owns the line. It does not reopen it by itself, retry or pause between scans: that is for its owner. What is on the line when a
/// question begins answers nothing and is thrown away.
/// </remarks>
public sealed class LineExchange(LinePlace place, ILineOpener lines, TimeProvider time) : IDisposable
{
    /// <summary>Room for a few of the longest frames with garbage around them.</summary>
    private const int ReceiveBytes = 2048;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly byte[] _received = new byte[ReceiveBytes];
    private readonly SerialSettings? _settings = (place as SerialPlace)?.Settings;
    private volatile ILine? _line;
    private long _busyTicks;

    public bool IsConnected => _line is { IsOpen: true };

    /// <summary>Sees what is sent and received; null when nobody looks.</summary>
    public IWireTrace? Trace { get; set; }

    /// <summary>Why the last line ended; null while one stands.</summary>
    public string? DisconnectReason { get; private set; }

    /// <summary>How long the line was taken by questions, answers and waiting for them.</summary>
    public TimeSpan Busy => TimeSpan.FromTicks(Volatile.Read(ref _busyTicks));

    /// <exception cref="LineOpenException">It could not be opened.</exception>
    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        if (!IsConnected)
        {
            _line = await lines.OpenAsync(place, cancellation).ConfigureAwait(false);
            DisconnectReason = null;
        }
    }

    public void Close() => _line?.Close();

    public void Dispose() => Close();

    /// <summary>Sends a question and waits for what answers it.</summary>
    /// <param name="question">Must not change until the end.</param>
    /// <param name="silence">What must lie between the last byte on the line and the question.</param>
    /// <param name="timeout">What the device may take until its answer begins; the time that the bytes travel is added.</param>
    /// <param name="gap">What may lie between two bytes of the answer.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ExchangeStatus> AskAsync(
        ReadOnlyMemory<byte> question, IAnswerReader reader, TimeSpan silence, TimeSpan timeout, TimeSpan gap, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        var began = time.GetTimestamp();
        try
        {
            if (_line is not { IsOpen: true } line)
            {
                return ExchangeStatus.Disconnected;
            }

            line.DiscardInput();
            Trace?.Sent(question.Span);
            await line.SendAsync(question, silence, cancellation).ConfigureAwait(false);
            return await ListenAsync(line, reader, timeout, gap, cancellation).ConfigureAwait(false);
        }
        catch (LineBrokenException broken)
        {
            DisconnectReason = broken.Message;
            return ExchangeStatus.Disconnected;
        }
        finally
        {
            Volatile.Write(ref _busyTicks, _busyTicks + time.GetElapsedTime(began).Ticks);
            _turn.Release();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ExchangeStatus> ListenAsync(ILine line, IAnswerReader reader, TimeSpan timeout, TimeSpan gap, CancellationToken cancellation)
    {
        // Others may chatter on; the question still has an end: its timeout and the longest that can be received.
        var ends = time.GetTimestamp() + Stamps(timeout + gap + (_settings?.TimeOf(ReceiveBytes / 4) ?? timeout));
        var count = 0;
        var wait = timeout;
        while (true)
        {
            var left = time.GetElapsedTime(time.GetTimestamp(), ends);
            if (left <= TimeSpan.Zero)
            {
                return ExchangeStatus.Timeout;
            }

            var bytes = await line.ReceiveAsync(_received.AsMemory(count), wait < left ? wait : left, cancellation).ConfigureAwait(false);
            if (bytes == 0)
            {
                return ExchangeStatus.Timeout;
            }

            Trace?.Received(_received.AsSpan(count, bytes));
            count += bytes;
            if (reader.Read(_received.AsSpan(0, count), out var consumed) is { } status)
            {
                return status;
            }

            _received.AsSpan(consumed, count - consumed).CopyTo(_received);
            count -= consumed;
            if (count == _received.Length)
            {
                // No protocol here has so long a frame.
                count = 0;
            }

            // Until an answer has begun, what came was garbage, and the device may still take its time.
            wait = count > 0 ? gap : timeout;
        }
    }

    private long Stamps(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
