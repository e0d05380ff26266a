using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Cjt188.Server;

/// <summary>A simulated meter at the devices' end of a line, alone or among others.</summary>
public sealed class SimulatedCjt188Meter(Cjt188Meter meter, ILine line, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>What it answers behind identifier and serial number; empty refuses, null says nothing.</summary>
    public byte[]? Data { get; set; } = [];

    /// <summary>Sends its answers with a wrong checksum.</summary>
    public bool HasWrongChecksum { get; set; }

    /// <summary>Answers with the serial number of the request before.</summary>
    public bool IsLate { get; set; }

    public TimeSpan ReplyDelay { get; set; } = TimeSpan.FromMilliseconds(20);

    public void Start() => _running = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var received = new byte[512];
        var answer = new byte[Cjt188Frame.BytesMax];
        var count = 0;
        try
        {
            while (true)
            {
                count += await line.ReceiveAsync(received.AsMemory(count), Timeout.InfiniteTimeSpan, _stop.Token).ConfigureAwait(false);
                var length = Answer(received.AsSpan(0, count), answer, out var consumed);
                received.AsSpan(consumed, count - consumed).CopyTo(received);
                count -= consumed;
                if (length > 0)
                {
                    await Task.Delay(ReplyDelay, time, _stop.Token).ConfigureAwait(false);
                    await line.SendAsync(answer.AsMemory(0, length), TimeSpan.Zero, _stop.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (exception is LineBrokenException or OperationCanceledException)
        {
            // Stopped, or the line is gone.
        }
    }

    private int Answer(ReadOnlySpan<byte> received, Span<byte> answer, out int consumed)
    {
        var found = Cjt188Frame.Find(received, out var request, out consumed);
        if (found != LineFrameStatus.Complete || Data is not { } data || request.Data.Length < 3
            || (Cjt188Address.Read(request.Address, meter.AddressHighestFirst) is { IsAny: false } asked && asked != meter.Address))
        {
            return 0;
        }

        Span<byte> own = stackalloc byte[Cjt188Address.Bytes];
        meter.Address.Write(own, meter.AddressHighestFirst);

        var serial = (byte)(request.Data[2] - (IsLate ? 1 : 0));
        ReadOnlySpan<byte> body = data.Length == 0 ? [serial, 0x00, 0x00] : [request.Data[0], request.Data[1], serial, .. data];
        var length = Cjt188Frame.Write(answer, meter.Type, own, data.Length == 0 ? (byte)0xC1 : (byte)0x81, body);
        answer[length - 2] += HasWrongChecksum ? (byte)1 : (byte)0;
        return length;
    }
}
