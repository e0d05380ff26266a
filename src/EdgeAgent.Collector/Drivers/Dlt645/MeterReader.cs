using System.Runtime.CompilerServices;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Dlt645;

/// <summary>Reads one scan group of one meter: each data item once, every tag exactly one reading.</summary>
/// <remarks>A scan in which all goes well allocates nothing.</remarks>
internal sealed class MeterReader : IMeterReader
{
    /// <summary>What fits in an item with all its follow-up frames.</summary>
    private const int ItemBytesMost = 2048;

    private readonly Dlt645Client _client;
    private readonly Meter _meter;
    private readonly TimeProvider _time;
    private readonly (uint Identifier, Dlt645Tag[] Tags)[] _items;
    private readonly byte[] _data = new byte[ItemBytesMost];
    private readonly MeterProblems _problems;

    public MeterReader(Dlt645Client client, Meter meter, IEnumerable<Dlt645Tag> tags, TimeProvider time)
    {
        _client = client;
        _meter = meter;
        _time = time;
        _items = [.. tags.GroupBy(tag => tag.Identifier).Select(item => (item.Key, item.ToArray()))];
        _problems = new MeterProblems(meter);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ScanOutcome> ScanAsync(int probeDeadlineMs, ReadingBatch into, CancellationToken cancellation)
    {
        bool answered = false;
        Quality? stopped = null;
        string? problem = null;
        int? timeoutMs = probeDeadlineMs > 0 ? probeDeadlineMs : null;
        foreach ((uint identifier, Dlt645Tag[] tags) in _items)
        {
            if (stopped is { } quality)
            {
                Fail(tags, quality, into);
                continue;
            }

            Dlt645Result result = await ReadAsync(identifier, timeoutMs, cancellation).ConfigureAwait(false);
            if (result.Status == ExchangeStatus.Ok)
            {
                answered = true;

                // The probe was answered: the rest is a scan as any other.
                timeoutMs = null;
                Decode(tags, result.DataBytes, into, ref problem);
                continue;
            }

            Quality failed = MeterProblems.QualityOf(result);
            problem = _problems.TextOf(result, identifier);
            Fail(tags, failed, into);
            if (result.Status == ExchangeStatus.Disconnected)
            {
                stopped = failed;
            }
            else if (result.Status == ExchangeStatus.Timeout)
            {
                // A meter that has said nothing yet will not say more to the next question, and each costs its neighbours a timeout.
                stopped = answered ? null : failed;
            }
            else
            {
                answered = true;
                timeoutMs = null;
            }
        }

        return stopped == Quality.BadNotConnected
            ? new ScanOutcome(ScanAnswer.ConnectionLost, _client.DisconnectReason ?? problem)
            : new ScanOutcome(answered ? ScanAnswer.Answered : ScanAnswer.Silent, problem);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Dlt645Result> ReadAsync(uint identifier, int? timeoutMs, CancellationToken cancellation)
    {
        for (int repeats = 0; ; repeats++)
        {
            Dlt645Result result = await _client.ReadAsync(
                _meter.Version, _meter.Address, identifier, _data, timeoutMs, cancellation).ConfigureAwait(false);
            if (result.Status != ExchangeStatus.BadFrame || repeats >= _meter.RepeatsMax)
            {
                return result;
            }
        }
    }

    private void Decode(Dlt645Tag[] tags, int dataBytes, ReadingBatch into, ref string? problem)
    {
        long ticks = UnixTicks.Now(_time);
        foreach (Dlt645Tag tag in tags)
        {
            if (!ItemDecoder.TryDecode(tag, _data.AsSpan(0, dataBytes), ticks, into))
            {
                problem = _problems.OfData(tag, dataBytes);
            }
        }
    }

    private void Fail(Dlt645Tag[] tags, Quality quality, ReadingBatch into)
    {
        long ticks = UnixTicks.Now(_time);
        foreach (Dlt645Tag tag in tags)
        {
            into.Add(Reading.Failed(tag.Id, quality, ticks));
        }
    }
}
