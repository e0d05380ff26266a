using EdgeAgent.Collector.Drivers.OpcUa.Addresses;
using EdgeAgent.Collector.Drivers.OpcUa.Values;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa.Client;

namespace EdgeAgent.Collector.Drivers.OpcUa.Subscribing;

/// <summary>Polls the tags of an endpoint that are polled although others are subscribed to: one loop for each period.</summary>
internal sealed class PolledGroups : IAsyncDisposable
{
    private readonly OpcUaClient _client;
    private readonly Arrivals _arrivals;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _running;

    public PolledGroups(OpcUaClient client, NodeLookup lookup, Arrivals arrivals, IEnumerable<(int PeriodMs, OpcUaTag[] Tags)> groups, TimeProvider time)
    {
        _client = client;
        _arrivals = arrivals;
        _time = time;
        _running = [.. groups.Select(group => Task.Run(() => PollAsync(new TagReader(client, lookup, group.Tags, time), TimeSpan.FromMilliseconds(group.PeriodMs))))];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task PollAsync(TagReader reader, TimeSpan period)
    {
        var readings = new ReadingBatch();
        long begin = _time.GetTimestamp();
        long periods = 0;
        try
        {
            while (true)
            {
                // Nothing is read without a session: silence is what the supervisor must see then.
                if (_client.State == OpcUaClientState.Connected)
                {
                    await reader.ReadAsync(readings, _stop.Token).ConfigureAwait(false);
                    _arrivals.Post(ref readings);
                }
                periods = Math.Max(periods + 1, (long)(_time.GetElapsedTime(begin) / period) + 1);
                TimeSpan wait = period * periods - _time.GetElapsedTime(begin);
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The endpoint is closed.
        }
    }
}
