using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Drivers.OpcUa;
using EdgeAgent.Collector.Drivers.OpcUa.Addresses;
using EdgeAgent.Collector.Drivers.OpcUa.Subscribing;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Subscriptions;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Drivers.OpcUa;

/// <summary>What a subscription brings, as the scheduler takes it.</summary>
public sealed class SubscriptionFeedTests
{
    private static readonly DateTime s_instant = new(2025, 11, 13, 1, 0, 0, DateTimeKind.Utc);

    private readonly Arrivals _arrivals = new();
    private readonly SubscriptionFeed _feed;

    public SubscriptionFeedTests()
    {
        OpcUaTag[] tags = [.. Enumerable.Range(0, 2).Select(id => new OpcUaTag(
            id, 0, new TagAddress(default, null, null), ValueKind.Int64, OpcUaMode.Subscribe, 1000, new MonitoredItemOptions()))];
        _feed = new SubscriptionFeed(tags, lookup: null!, _arrivals, filling: null, devices: [0], new FakeTimeProvider());
    }

    [Fact]
    public async Task Values_are_taken_in_order()
    {
        _feed.OnState(SubscriptionState.Live, null);
        Message(s_instant, (0, 1), (1, 2), (0, 3));
        Assert.Equal([(0, 1L), (1, 2L), (0, 3L)], await TakeAsync());
    }

    [Fact]
    public async Task After_a_silence_a_tag_that_did_not_change_is_told_once_as_of_the_message_that_shows_it()
    {
        _feed.OnState(SubscriptionState.Live, null);
        Message(s_instant, (0, 1), (1, 2));
        await TakeAsync();
        _feed.OnState(SubscriptionState.Interrupted, "cut");
        _feed.OnState(SubscriptionState.Live, null);
        Message(s_instant.AddSeconds(10), isPresent: false, (0, 5));
        Message(s_instant.AddSeconds(11));
        Assert.Equal([(0, 5L), (1, 2L)], await TakeAsync(out ReadingBatch batch));
        Assert.Equal((s_instant.AddSeconds(11) - DateTime.UnixEpoch).Ticks, batch.Readings[1].SourceTicks);
        Message(s_instant.AddSeconds(12), (0, 6));
        Assert.Equal([(0, 6L)], await TakeAsync());
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(-1, true)]
    public async Task After_a_loss_a_tag_that_did_not_come_is_told_as_uncertain_until_it_does(int lost, bool isCut)
    {
        _feed.OnState(SubscriptionState.Live, null);
        Message(s_instant, (0, 1), (1, 2));
        await TakeAsync();
        if (isCut)
        {
            _feed.OnState(SubscriptionState.Interrupted, "cut");
        }

        _feed.OnLoss(lost, "gone");
        _feed.OnState(SubscriptionState.Live, null);
        Message(s_instant.AddSeconds(10), isPresent: false, (0, 5));
        Message(s_instant.AddSeconds(11));
        Message(s_instant.AddSeconds(12));
        Assert.Equal([(0, 5L), (1, 2L)], await TakeAsync(out ReadingBatch batch));
        Assert.Equal([Quality.Good, Quality.UncertainLastUsableValue], batch.Readings.ToArray().Select(reading => reading.Quality));
        Message(s_instant.AddSeconds(13), (1, 2));
        await TakeAsync(out batch);
        Assert.Equal(Quality.Good, batch.Readings[0].Quality);
    }

    [Fact]
    public async Task A_refused_item_is_a_bad_reading_with_the_servers_status()
    {
        _feed.OnItem(1, StatusCodes.BadNodeIdUnknown, 0, 0);
        var batch = new ReadingBatch();
        await _arrivals.TakeAsync(batch, CancellationToken.None);
        Assert.Equal((1, Quality.BadNodeIdUnknown), (batch.Readings[0].TagId, batch.Readings[0].Quality));
    }

    [Fact]
    public async Task Filled_gaps_wait_behind_what_is_live()
    {
        var piece = new ReadingBatch();
        piece.Add(Reading.Int64(0, Quality.Good, 1, 100));
        await _arrivals.FillAsync(piece, isComplete: false, CancellationToken.None);
        _feed.OnState(SubscriptionState.Live, null);
        Message(s_instant, (0, 1));
        var batch = new ReadingBatch();
        PushOutcome first = await _arrivals.TakeAsync(batch, CancellationToken.None);
        Assert.Equal(PushKind.Live, first.Kind);
        Assert.Equal(1, batch.Readings[0].AsInt64);
        batch.Clear();
        PushOutcome second = await _arrivals.TakeAsync(batch, CancellationToken.None);
        Assert.Equal(PushKind.BackFilled, second.Kind);
        Assert.Equal(100, batch.Readings[0].AsInt64);
    }

    [Fact]
    public async Task A_loss_is_told_with_its_size()
    {
        _feed.OnLoss(3, "gone");
        PushOutcome outcome = await _arrivals.TakeAsync(new ReadingBatch(), CancellationToken.None);
        Assert.Equal(3, outcome.Lost);
        Assert.Contains("gone", outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_becomes_readings_without_allocating()
    {
        _feed.OnState(SubscriptionState.Live, null);
        var into = new ReadingBatch(1024);
        long allocated = 0;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            _feed.OnMessage(s_instant);
            for (int i = 0; i < 1000; i++)
            {
                _feed.OnValue(i % 2, new DataValue(Variant.From((long)i), 0u, s_instant));
            }
            _feed.OnMessageEnd(true);
            into.Clear();
            while (into.Count == 0)
            {
                // It is there already, so this goes on on the same thread.
                await _arrivals.TakeAsync(into, CancellationToken.None);
            }
            // The first rounds grow the buffers, of which there are three.
            allocated = round < 4 ? 0 : allocated + GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        ValueTask<PushOutcome> waiting = _arrivals.TakeAsync(new ReadingBatch(), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        _feed.OnLoss(1, "later");
        Assert.Equal(1, (await _arrivals.TakeAsync(new ReadingBatch(), CancellationToken.None)).Lost);
    }

    private void Message(DateTime publishedAt, params (int Item, long Value)[] values) => Message(publishedAt, true, values);

    private void Message(DateTime publishedAt, bool isPresent, params (int Item, long Value)[] values)
    {
        _feed.OnMessage(publishedAt);
        foreach ((int item, long value) in values)
        {
            _feed.OnValue(item, new DataValue(Variant.From(value), 0u, publishedAt));
        }
        _feed.OnMessageEnd(isPresent);
    }

    private Task<(int, long)[]> TakeAsync() => TakeAsync(out _);

    private Task<(int, long)[]> TakeAsync(out ReadingBatch batch)
    {
        var into = new ReadingBatch();
        batch = into;
        return TakeAllAsync(into);
    }

    private async Task<(int, long)[]> TakeAllAsync(ReadingBatch into)
    {
        while (into.Count == 0)
        {
            await _arrivals.TakeAsync(into, CancellationToken.None);
        }
        return [.. into.Readings.ToArray().Select(reading => (reading.TagId, reading.AsInt64))];
    }
}
