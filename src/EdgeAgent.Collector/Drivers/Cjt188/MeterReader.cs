using System.Runtime.CompilerServices;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Cjt188;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Cjt188;

/// <summary>Reads one scan group of one meter with one request: every tag exactly one reading, whatever happens.</summary>
/// <remarks>A scan in which all goes well allocates nothing.</remarks>
internal sealed class MeterReader(Cjt188Client client, Cjt188Meter meter, int repeatsMax, Cjt188Tag[] tags, TimeProvider time) : IMeterReader
{
    private readonly byte[] _data = new byte[Cjt188Frame.DataBytesMax];
    private readonly string _silent = $"no answer from meter {meter.Address} of type {meter.Type:X2}";
    private readonly string _noValue = $"meter {meter.Address} gives data that are no value, or fewer than a meter of type {meter.Type:X2} has";
    private ushort _state;
    private string? _refused;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ScanOutcome> ScanAsync(int probeDeadlineMs, ReadingBatch into, CancellationToken cancellation)
    {
        Cjt188Result result = default;
        for (int tries = 0; tries <= repeatsMax; tries++)
        {
            result = await client.ReadAsync(
                meter, Cjt188Client.MeasuredData, _data, probeDeadlineMs > 0 ? probeDeadlineMs : null, cancellation).ConfigureAwait(false);
            if (result.Status != ExchangeStatus.BadFrame)
            {
                break;
            }
        }

        long ticks = UnixTicks.Now(time);
        if (result.Status == ExchangeStatus.Ok)
        {
            return new ScanOutcome(ScanAnswer.Answered, Decode(result.DataBytes, ticks, into) ? null : _noValue);
        }

        Quality quality = QualityOf(result.Status);
        foreach (Cjt188Tag tag in tags)
        {
            into.Add(Reading.Failed(tag.Id, quality, ticks));
        }

        return result.Status switch
        {
            ExchangeStatus.Timeout => new ScanOutcome(ScanAnswer.Silent, _silent),
            ExchangeStatus.Disconnected => new ScanOutcome(ScanAnswer.ConnectionLost, client.DisconnectReason),
            ExchangeStatus.Refused => new ScanOutcome(ScanAnswer.Answered, TextOf(result.State)),
            _ => new ScanOutcome(ScanAnswer.Answered, "the answer was damaged or did not fit"),
        };
    }

    private static Quality QualityOf(ExchangeStatus status) => status switch
    {
        ExchangeStatus.Timeout => Quality.BadTimeout,
        ExchangeStatus.BadFrame => Quality.BadDecodingError,
        ExchangeStatus.Disconnected => Quality.BadNotConnected,
        _ => Quality.BadOutOfService,
    };

    private bool Decode(int dataBytes, long ticks, ReadingBatch into)
    {
        bool all = true;
        foreach (Cjt188Tag tag in tags)
        {
            all &= FieldDecoder.TryDecode(tag, _data.AsSpan(0, dataBytes), ticks, into);
        }

        return all;
    }

    private string TextOf(ushort state)
    {
        if (_refused is null || _state != state)
        {
            _state = state;
            _refused = $"meter {meter.Address} refuses, state {state:X4}";
        }

        return _refused;
    }
}
