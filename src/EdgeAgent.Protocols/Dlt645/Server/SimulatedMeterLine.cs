using System.Collections.Concurrent;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Dlt645.Server;

/// <summary>The devices' end of a line with simulated meters on it.</summary>
public sealed class SimulatedMeterLine(ILine line, TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<MeterAddress, SimulatedMeter> _meters = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _data = new byte[Dlt645Frame.DataBytesMax];
    private readonly byte[] _answer = new byte[Dlt645Frame.BytesMax];
    private Task _running = Task.CompletedTask;

    /// <summary>Bytes of nobody that come before each answer, for tests.</summary>
    public ReadOnlyMemory<byte> Garbage { get; set; }

    public SimulatedMeterLine Add(SimulatedMeter meter)
    {
        _meters[meter.Address] = meter;
        return this;
    }

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Ends the loop; the line stays its owner's.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var received = new byte[1024];
        var count = 0;
        try
        {
            while (true)
            {
                count += await line.ReceiveAsync(received.AsMemory(count), Timeout.InfiniteTimeSpan, _stop.Token).ConfigureAwait(false);
                while (TakeRequest(received.AsSpan(0, count), out var request, out var consumed))
                {
                    await AnswerAsync(request).ConfigureAwait(false);
                    received.AsSpan(consumed, count - consumed).CopyTo(received);
                    count -= consumed;
                }

                count = count > received.Length / 2 ? 0 : count;
            }
        }
        catch (Exception exception) when (exception is LineBrokenException or OperationCanceledException)
        {
            // Stopped, or the line is gone: meters say nothing about that.
        }
    }

    private bool TakeRequest(ReadOnlySpan<byte> received, out Dlt645Header request, out int consumed) =>
        Dlt645Frame.Find(received, _data, out request, out consumed) == LineFrameStatus.Complete;

    private async Task AnswerAsync(Dlt645Header request)
    {
        foreach (var meter in _meters.Values.Where(meter => meter.Address.IsMeantBy(request.Address)))
        {
            var length = meter.Answer(request, _data.AsSpan(0, request.DataBytes), _answer);
            if (length > 0)
            {
                await Task.Delay(meter.ReplyDelay, time, _stop.Token).ConfigureAwait(false);
                await line.SendAsync(Garbage, TimeSpan.Zero, _stop.Token).ConfigureAwait(false);
                await line.SendAsync(_answer.AsMemory(0, length), TimeSpan.Zero, _stop.Token).ConfigureAwait(false);
            }
        }
    }
}
