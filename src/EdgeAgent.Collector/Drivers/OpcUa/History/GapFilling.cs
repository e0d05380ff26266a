using System.Threading.Channels;
using EdgeAgent.Collector.Drivers.OpcUa.Addresses;
using EdgeAgent.Collector.Drivers.OpcUa.Values;
using EdgeAgent.Collector.Drivers.OpcUa.Subscribing;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.History;
using EdgeAgent.Protocols.OpcUa.Subscriptions;

namespace EdgeAgent.Collector.Drivers.OpcUa.History;

/// <summary>Reads what tags were during gaps from the server's history, one request at a time and behind everything live.</summary>
internal sealed class GapFilling : IAsyncDisposable
{
    private const uint ValuesPerRequest = 1000;
    private const uint UserAccessLevelAttribute = 18;
    private const byte HistoryReadBit = 0x04;

    private readonly OpcUaClient _client;
    private readonly NodeLookup _lookup;
    private readonly Arrivals _arrivals;
    private readonly bool _isComplete;
    private readonly Channel<Gap> _gaps = Channel.CreateUnbounded<Gap>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <param name="isComplete">The history holds every change.</param>
    public GapFilling(OpcUaClient client, NodeLookup lookup, Arrivals arrivals, bool isComplete)
    {
        _client = client;
        _lookup = lookup;
        _arrivals = arrivals;
        _isComplete = isComplete;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Readings that were filled in.</summary>
    public long Filled { get; private set; }

    /// <param name="from">For each tag the time of the last value before the gap; 0 where there was none.</param>
    public void Begin(OpcUaTag[] tags, long[] from, long toTicks) => _gaps.Writer.TryWrite(new Gap(tags, from, toTicks));

    public async ValueTask DisposeAsync()
    {
        _gaps.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (Gap gap in _gaps.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                await FillAsync(gap).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The endpoint is closed; what was not filled stays a gap.
        }
    }

    private async Task FillAsync(Gap gap)
    {
        var nodes = new NodeResolution[gap.Tags.Length];
        if ((await _lookup.ResolveAsync(gap.Tags, nodes, _stop.Token).ConfigureAwait(false)).IsBad)
        {
            return;
        }
        bool[] hasHistory = await HasHistoryAsync(nodes).ConfigureAwait(false);
        for (int i = 0; i < gap.Tags.Length; i++)
        {
            if (hasHistory[i] && gap.From[i] > 0 && gap.From[i] < gap.ToTicks)
            {
                await FillAsync(gap.Tags[i], nodes[i].NodeId, gap.From[i], gap.ToTicks).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool[]> HasHistoryAsync(NodeResolution[] nodes)
    {
        ReadTarget[] targets = [.. nodes.Select(node => new ReadTarget(node.NodeId, UserAccessLevelAttribute))];
        var levels = new DataValue[targets.Length];
        StatusCode status = await _client.ReadAsync(targets, levels, TimestampsToReturn.Neither, 0, _stop.Token).ConfigureAwait(false);
        return [.. levels.Select((level, i) => !status.IsBad && !nodes[i].Status.IsBad && level.Value.TryGetInt64(out long bits) && (bits & HistoryReadBit) != 0)];
    }

    // Piece by piece, so that a long outage never lies in memory as a whole.
    private async Task FillAsync(OpcUaTag tag, NodeId node, long fromTicks, long toTicks)
    {
        byte[]? point = null;
        do
        {
            var target = new HistoryReadTarget(node, tag.Address.IndexRange, point);
            HistoryReadResult result = await _client.HistoryReadRawAsync(target, Instant(fromTicks), Instant(toTicks), ValuesPerRequest, _stop.Token).ConfigureAwait(false);
            if (result.Status.IsBad)
            {
                Tell(tag, result.Status);
                return;
            }
            ReadingBatch piece = PieceOf(tag, result.Values ?? [], fromTicks, toTicks);
            if (piece.Count > 0)
            {
                Filled += piece.Count;
                await _arrivals.FillAsync(piece, _isComplete, _stop.Token).ConfigureAwait(false);
            }
            point = result.ContinuationPoint is { Length: > 0 } next ? next : null;
        }
        while (point is not null);
    }

    private static ReadingBatch PieceOf(OpcUaTag tag, DataValue[] values, long fromTicks, long toTicks)
    {
        var piece = new ReadingBatch(Math.Max(values.Length, 1));
        foreach (ref readonly DataValue value in values.AsSpan())
        {
            // What was known before the gap, or came live behind it, is not told twice.
            long ticks = value.SourceTimestamp == default ? 0 : ValueConversion.TicksOf(value.SourceTimestamp);
            if (ticks > fromTicks && ticks <= toTicks)
            {
                ValueConversion.Add(piece, tag, value, ticks);
            }
        }
        return piece;
    }

    private void Tell(OpcUaTag tag, StatusCode status)
    {
        if (status.Code.Value is not (StatusCodes.BadHistoryOperationUnsupported or StatusCodes.BadNoData))
        {
            _arrivals.Tell(new PushOutcome(PushKind.Live, -1, $"a gap could not be filled from the server's history (tag {tag.Id}: {status})"));
        }
    }

    private static DateTime Instant(long ticks) => UnixTicks.ToDateTimeOffset(ticks).UtcDateTime;

    private sealed record Gap(OpcUaTag[] Tags, long[] From, long ToTicks);
}
