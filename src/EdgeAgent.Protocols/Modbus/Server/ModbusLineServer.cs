using EdgeAgent.Protocols.Modbus.Framing;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>The devices' end of a simulated serial line, with the time that characters take on a real one.</summary>
/// <remarks>Requests arrive here at once and answers are sent at once; so an answer is held back for as long as request, reply delay
/// and answer would take, and its last byte arrives when that of a real device would.</remarks>
public sealed class ModbusLineServer(ILine line, SerialSettings timing, ModbusFraming framing) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>The devices on the line; units that are not there say nothing.</summary>
    public ModbusUnits Units { get; } = new();

    /// <summary>From the last bit of a request to the first of its answer.</summary>
    public TimeSpan ReplyDelay { get; set; } = TimeSpan.FromMilliseconds(5);

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
        var answers = new AnswerBuilder(
            new ModbusServerOptions { Framing = framing, UnknownUnit = ModbusExceptionCode.None }, Units, new ModbusFaultSwitches());
        var received = new byte[1024];
        var answer = new byte[ServerFraming.FrameBytesMax];
        var count = 0;
        try
        {
            while (true)
            {
                count += await line.ReceiveAsync(received.AsMemory(count), Timeout.InfiniteTimeSpan, _stop.Token).ConfigureAwait(false);
                while (count > 0)
                {
                    var status = answers.Next(received.AsSpan(0, count), answer, out var consumed, out var length, out _);
                    if (consumed == 0)
                    {
                        break;
                    }

                    received.AsSpan(consumed, count - consumed).CopyTo(received);
                    count -= consumed;
                    if (status == FrameStatus.Complete && length > 0)
                    {
                        await line.SendAsync(answer.AsMemory(0, length), timing.TimeOf(consumed + length) + ReplyDelay, _stop.Token).ConfigureAwait(false);
                    }
                }

                count = count == received.Length ? 0 : count;
            }
        }
        catch (Exception exception) when (exception is LineBrokenException or OperationCanceledException)
        {
            // Stopped, or the line is gone.
        }
    }
}
