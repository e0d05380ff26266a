using EdgeAgent.Protocols.Serial;
using EdgeAgent.Protocols.Serial.Linux;

namespace EdgeAgent.Interop.Tests.Modbus;

/// <summary>Two serial ports joined by a cable on which things go wrong as the test says.</summary>
internal sealed class MeddlingLine : IDisposable
{
    private readonly PseudoTerminal _ours = PseudoTerminal.Open(TimeProvider.System);
    private readonly PseudoTerminal _theirs = PseudoTerminal.Open(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new();
    private readonly Random _random = new(645);
    private readonly Task _running;
    private int _answers;

    public MeddlingLine() => _running = Task.WhenAll(
        Task.Run(() => CarryAsync(_ours.Line, _theirs.Line, AsRequestAsync)), Task.Run(() => CarryAsync(_theirs.Line, _ours.Line, AsAnswerAsync)));

    /// <summary>For the client.</summary>
    public string Port => _ours.Port;

    /// <summary>For the devices.</summary>
    public string DevicePort => _theirs.Port;

    /// <summary>Requests come back, as two-wire adapters without suppression do it.</summary>
    public bool Echo { get; set; }

    /// <summary>Bytes of nobody before each answer.</summary>
    public bool Noise { get; set; }

    /// <summary>Answers come byte by byte.</summary>
    public bool Split { get; set; }

    /// <summary>Each so many-th answer is held back until the next request has passed; 0 none.</summary>
    public int LateEvery { get; set; }

    private byte[]? _heldBack;

    public void Dispose()
    {
        _stop.Cancel();
        _ours.Dispose();
        _theirs.Dispose();
        _running.ContinueWith(_ => _stop.Dispose(), TaskScheduler.Default);
    }

    private async Task CarryAsync(ILine from, ILine to, Func<byte[], ILine, ILine, Task> carry)
    {
        var buffer = new byte[512];
        try
        {
            while (true)
            {
                var count = await from.ReceiveAsync(buffer, Timeout.InfiniteTimeSpan, _stop.Token);

                // A line's own thread must not be held up by what follows.
                await Task.Yield();
                await carry(buffer[..count], from, to);
            }
        }
        catch (Exception exception) when (exception is LineBrokenException or OperationCanceledException)
        {
            // The end of the test.
        }
    }

    private async Task AsRequestAsync(byte[] bytes, ILine from, ILine to)
    {
        if (Echo)
        {
            await from.SendAsync(bytes, TimeSpan.Zero, _stop.Token);
        }

        if (Interlocked.Exchange(ref _heldBack, null) is { } late)
        {
            await from.SendAsync(late, TimeSpan.Zero, _stop.Token);
        }

        await to.SendAsync(bytes, TimeSpan.Zero, _stop.Token);
    }

    private async Task AsAnswerAsync(byte[] bytes, ILine from, ILine to)
    {
        if (LateEvery > 0 && ++_answers % LateEvery == 0)
        {
            _heldBack = bytes;
            return;
        }

        if (Noise)
        {
            var noise = new byte[_random.Next(1, 12)];
            _random.NextBytes(noise);
            await to.SendAsync(noise, TimeSpan.Zero, _stop.Token);
        }

        for (var i = 0; i < bytes.Length; i += Split ? 1 : bytes.Length)
        {
            await to.SendAsync(bytes.AsMemory(i, Split ? 1 : bytes.Length), TimeSpan.Zero, _stop.Token);
        }
    }
}
