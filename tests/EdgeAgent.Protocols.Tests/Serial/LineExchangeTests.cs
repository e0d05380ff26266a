using EdgeAgent.Protocols.Serial;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Serial;

/// <summary>Questions and answers on a line that lives in model time.</summary>
public sealed class LineExchangeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _time = new();
    private readonly ModelLine _line;
    private readonly LineExchange _exchange;

    public LineExchangeTests()
    {
        _line = new ModelLine(_time);
        _exchange = new LineExchange(new SerialPlace("/dev/model", new SerialSettings()), _line, _time);
    }

    [Fact]
    public async Task Without_a_line_a_question_is_disconnected() => Assert.Equal(ExchangeStatus.Disconnected, await AskAsync());

    [Fact]
    public async Task An_answer_ends_the_question_and_counts_as_time_of_the_line()
    {
        await _exchange.ConnectAsync(default);
        _line.Script.Enqueue((TimeSpan.FromMilliseconds(30), [1, 2]));
        _line.Script.Enqueue((TimeSpan.FromMilliseconds(20), [0xAC]));
        Assert.Equal(ExchangeStatus.Ok, await AskAsync());
        Assert.Equal(TimeSpan.FromMilliseconds(50), _exchange.Busy);
        Assert.Equal(1, _line.Discards);
    }

    [Fact]
    public async Task Silence_ends_the_question_at_its_timeout()
    {
        await _exchange.ConnectAsync(default);
        Assert.Equal(ExchangeStatus.Timeout, await AskAsync());
        Assert.Equal(Second, _exchange.Busy);
    }

    [Fact]
    public async Task A_line_on_which_others_never_stop_talking_still_lets_a_question_end()
    {
        await _exchange.ConnectAsync(default);
        _line.Chatter = (TimeSpan.FromMilliseconds(5), [0x55, 0x55]);
        Assert.Equal(ExchangeStatus.Timeout, await AskAsync());
        Assert.True(_exchange.Busy < 5 * Second, _exchange.Busy.ToString());
    }

    [Fact]
    public async Task A_line_that_breaks_is_a_status_with_a_reason()
    {
        await _exchange.ConnectAsync(default);
        _line.Close();
        Assert.Equal(ExchangeStatus.Disconnected, await AskAsync());
        Assert.False(_exchange.IsConnected);
    }

    [Fact]
    public async Task A_cancelled_question_gives_its_turn_back()
    {
        await _exchange.ConnectAsync(default);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(cancelled.Token));
        _line.Script.Enqueue((TimeSpan.Zero, [0xAC]));
        Assert.Equal(ExchangeStatus.Ok, await AskAsync());
    }

    [Fact]
    public async Task A_question_that_is_answered_at_once_allocates_nothing()
    {
        await _exchange.ConnectAsync(default);
        var reader = new Reader();
        _line.Chatter = (TimeSpan.Zero, [0xAC]);
        for (var i = 0; i < 20; i++)
        {
            Assert.True(_exchange.AskAsync(new byte[1], reader, TimeSpan.Zero, Second, Second, default).IsCompletedSuccessfully);
        }

        ReadOnlyMemory<byte> question = new byte[1];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            await _exchange.AskAsync(question, reader, TimeSpan.Zero, Second, Second, default);
        }

#if DEBUG
        // An unoptimized build makes a class of each async method's state.
        const int allowedPerQuestion = 512;
#else
        const int allowedPerQuestion = 0;
#endif
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * allowedPerQuestion);
    }

    private Task<ExchangeStatus> AskAsync(CancellationToken cancellation = default) =>
        _exchange.AskAsync(new byte[] { 1 }, new Reader(), TimeSpan.Zero, Second, Second / 2, cancellation).AsTask();

    /// <summary>AC anywhere answers; all before it is garbage.</summary>
    private sealed class Reader : IAnswerReader
    {
        public ExchangeStatus? Read(ReadOnlySpan<byte> received, out int consumed)
        {
            consumed = received.Length;
            return received.Contains((byte)0xAC) ? ExchangeStatus.Ok : null;
        }
    }

    /// <summary>A line whose time passes while it is waited for.</summary>
    private sealed class ModelLine(FakeTimeProvider time) : ILine, ILineOpener
    {
        public Queue<(TimeSpan After, byte[] Bytes)> Script { get; } = [];

        public (TimeSpan Every, byte[] Bytes)? Chatter { get; set; }

        public int Discards { get; private set; }

        public string Name => "model";

        public bool IsOpen { get; private set; } = true;

        public ValueTask<ILine> OpenAsync(LinePlace place, CancellationToken cancellation) => ValueTask.FromResult<ILine>(this);

        public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, TimeSpan silence, CancellationToken cancellation) => ValueTask.FromResult(bytes.Length);

        public ValueTask<int> ReceiveAsync(Memory<byte> buffer, TimeSpan timeout, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Script.TryDequeue(out var next))
            {
                return Give(next.After, next.Bytes, buffer);
            }

            if (Chatter is { } chatter)
            {
                return Give(chatter.Every, chatter.Bytes, buffer);
            }

            time.Advance(timeout);
            return ValueTask.FromResult(0);
        }

        public void DiscardInput() => Discards++;

        public void Close() => IsOpen = false;

        public void Dispose() => Close();

        private ValueTask<int> Give(TimeSpan after, byte[] bytes, Memory<byte> buffer)
        {
            if (after > TimeSpan.Zero)
            {
                time.Advance(after);
            }

            bytes.CopyTo(buffer);
            return ValueTask.FromResult(bytes.Length);
        }
    }
}
