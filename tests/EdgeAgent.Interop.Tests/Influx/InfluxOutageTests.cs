using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Influx;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Influx;

/// <summary>A real influxd that stops, dies, is cut off, or refuses single points: nothing lost, nothing stored twice.</summary>
public sealed class InfluxOutageTests : IAsyncDisposable
{
    private readonly InfluxServer _server = new();
    private readonly TestAgent _agent = new();

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        await _server.DisposeAsync();
    }

    [PartnerFact("influxd")]
    public async Task Stopped_and_started_again_it_goes_on_where_it_was()
    {
        await _server.StartAsync();
        await using InfluxStore store = await OpenAsync("plant");
        await store.AppendAsync([_agent.NextRamp(TestAgent.At(0), 100)], default);
        await _server.StopAsync();
        StoredBatch[] meanwhile = [.. Enumerable.Range(1, 30).Select(i => _agent.NextRamp(TestAgent.At(i * 100), 100))];
        for (int attempt = 0; attempt < 3; attempt++)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.AppendAsync(meanwhile, default));
        }

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.ReadTotalsAsync(null, default));
        await _server.StartAsync();
        Assert.All(await store.AppendAsync(meanwhile, default), o => Assert.Equal(AppendOutcome.Stored, o));
        await AssertStoredOnceAsync(store, 31, 3100);
    }

    /// <summary>Both hubs have counted over the gap that a declaration closed, when one of them stores the batch after all.</summary>
    [PartnerFact("influxd")]
    public async Task A_batch_that_comes_after_it_was_declared_is_counted_by_every_hub_of_the_group()
    {
        await _server.StartAsync();
        await using InfluxStore one = await OpenAsync("plant");
        await using InfluxStore other = await OpenAsync("plant");
        StoredBatch first = _agent.NextRamp(TestAgent.At(0), 5);
        StoredBatch late = _agent.NextRamp(TestAgent.At(10), 7);
        StoredBatch declaring = _agent.Next(new ReadingBatch(), [TestAgent.Discard(late)]);
        await one.AppendAsync([first, declaring], default);
        foreach (InfluxStore hub in (InfluxStore[])[one, other])
        {
            StoreTotals before = await hub.ReadTotalsAsync(null, default);
            Assert.Equal((12, 7, 5, 7), (before.Accounts.Due, before.Accounts.Missed, before.Readings, before.DiscardedReadings));
        }

        // A third has just started and knows nothing of the chain yet.
        await using InfluxStore third = await OpenAsync("plant");
        Assert.Equal([AppendOutcome.Stored], await third.AppendAsync([late], default));
        foreach (InfluxStore hub in (InfluxStore[])[third, one, other, one])
        {
            StoreTotals after = await hub.ReadTotalsAsync(null, default);
            Assert.Equal((12, 0, 12, 0), (after.Accounts.Due, after.Accounts.Missed, after.Readings, after.DiscardedReadings));
        }
    }

    [PartnerFact("influxd")]
    public async Task Killed_at_random_moments_it_keeps_what_was_committed_and_takes_the_rest_again()
    {
        await _server.StartAsync();
        await using InfluxStore store = await OpenAsync("plant");
        var random = new Random(20251113);
        const int groups = 40;
        int stored = 0;
        using var done = new CancellationTokenSource();
        Task killer = Task.Run(async () =>
        {
            for (int kill = 0; kill < 5; kill++)
            {
                int at = Volatile.Read(ref stored) + random.Next(2, 6);
                await Eventually.TrueAsync(() => Volatile.Read(ref stored) >= Math.Min(at, groups) || done.IsCancellationRequested, "some groups are stored");
                await Task.Delay(random.Next(20));
                await _server.KillAsync();
                await _server.StartAsync();
            }
        });
        for (int group = 0; group < groups; group++)
        {
            StoredBatch[] batches = [.. Enumerable.Range(0, 5).Select(i => _agent.NextRamp(TestAgent.At(((group * 5) + i) * 200), 200))];
            await UntilStoredAsync(store, batches);
            Volatile.Write(ref stored, group + 1);
        }

        await done.CancelAsync();
        await killer;
        await AssertStoredOnceAsync(store, groups * 5, groups * 5 * 200);
        await using InfluxStore restarted = await OpenAsync("plant");
        await AssertStoredOnceAsync(restarted, groups * 5, groups * 5 * 200);
    }

    [PartnerFact("influxd")]
    public async Task A_line_that_is_cut_costs_repetitions_only()
    {
        await _server.StartAsync();
        await using var proxy = new TcpProxy(_server.Port);
        await using var store = new InfluxStore(_server.Options("plant") with { Url = new Uri($"http://127.0.0.1:{proxy.Port}") }, TimeProvider.System);
        await store.InitializeAsync(default);
        // Cuts while answers are on their way: the server has the points, and nobody was told.
        int answers = 0;
        proxy.Edit = (bytes, direction) =>
        {
            if (direction == ProxyDirection.ToClient && Interlocked.Increment(ref answers) % 9 == 0)
            {
                proxy.Cut();
            }

            return bytes;
        };
        for (int i = 0; i < 40; i++)
        {
            await UntilStoredAsync(store, [_agent.NextRamp(TestAgent.At(i * 100), 100)]);
        }

        proxy.Edit = null;
        Assert.True(proxy.Accepted > 3, "the line was cut");
        await AssertStoredOnceAsync(store, 40, 4000);
    }

    [PartnerFact("influxd")]
    public async Task A_point_of_another_type_is_kept_aside_and_the_others_are_stored()
    {
        await _server.StartAsync();
        await using InfluxStore store = await OpenAsync("plant");
        using (var other = new HttpClient())
        {
            // Another program wrote this very series with a text in the field for floats.
            SeriesKey series = _agent.Series(TestPlant.Speed);
            string key = $"reading,agent={series.Agent},device={series.Device.Replace(" ", "\\ ", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)},site={series.Site.Replace(" ", "\\ ", StringComparison.Ordinal)},tag={series.Tag}";
            HttpResponseMessage answer = await other.PostAsync(
                new Uri(_server.Url, "write?db=plant&rp=raw&precision=ns"), new StringContent($"{key} value=\"text\" {TestAgent.At(-5) * 100}\n"));
            Assert.True(answer.IsSuccessStatusCode);
        }

        var readings = new ReadingBatch();
        readings.Add(Reading.Float64(TestPlant.Speed, Quality.Good, TestAgent.At(1), 1.5));
        readings.Add(Reading.Int64(TestPlant.Count, Quality.Good, TestAgent.At(1), 7));
        readings.Add(Reading.Float64(TestPlant.Speed, Quality.Good, TestAgent.At(2), double.NaN));
        StoredBatch batch = _agent.Next(readings);
        Assert.Equal([AppendOutcome.Stored], await store.AppendAsync([batch], default));
        Assert.Equal((1, 1), (store.RefusedLines, store.NotRepresentable));
        string kept = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_server.RefusedDirectory, "*.lp")));
        Assert.Contains("field type conflict", kept, StringComparison.Ordinal);
        Assert.Contains("value=1.5,", kept, StringComparison.Ordinal);
        Assert.Single(await store.ReadRangeAsync(_agent.Series(TestPlant.Count), TestAgent.At(0), TestAgent.At(10), 0, default));
        Assert.Equal(batch.Signed.ToArray(), await store.ReadBatchAsync(_agent.Key, _agent.Incarnation, 1, default));
    }

    [PartnerFact("influxd")]
    public async Task What_lies_beyond_the_retention_is_counted_and_its_batch_committed()
    {
        await _server.StartAsync();
        await using var store = new InfluxStore(_server.Options("plant") with { RetentionMonths = 24 }, TimeProvider.System);
        await store.InitializeAsync(default);
        Assert.Contains("\"17856h0m0s\"", await _server.AskAsync("plant", "SHOW RETENTION POLICIES"), StringComparison.Ordinal);
        await store.AppendAsync([_agent.Next(Reading.Float64(0, Quality.Good, 0, 1), Reading.Float64(0, Quality.Good, UnixTicks.Now(TimeProvider.System), 2))], default);
        Assert.Equal(1, store.RefusedLines);
        Assert.Equal(2, (await store.ReadTotalsAsync(null, default)).Readings);
        Assert.Equal(2, Assert.Single(await store.ReadRangeAsync(_agent.Series(0), 0, long.MaxValue, 0, default)).Mean);
    }

    [PartnerFact("influxd")]
    public async Task Several_hubs_share_one_database()
    {
        await _server.StartAsync();
        await using InfluxStore first = await OpenAsync("plant");
        await using InfluxStore second = await OpenAsync("plant");
        StoredBatch[] batches = [.. Enumerable.Range(0, 1200).Select(i => _agent.NextRamp(TestAgent.At(i * 2), 2))];
        for (int from = 0; from < batches.Length; from += 200)
        {
            StoredBatch[] part = batches[from..(from + 200)];
            await Task.WhenAll(
                first.AppendAsync([.. part.Where(b => b.Sequence % 2 == 0)], default).AsTask(),
                second.AppendAsync([.. part.Where(b => b.Sequence % 2 == 1)], default).AsTask());
            Assert.Equal(from + 200, (await first.ReadSequencesAsync(_agent.Key, _agent.Incarnation, default)).Contiguous);
        }

        // What the one stored, the other knows.
        Assert.All(await second.AppendAsync(batches[..10], default), o => Assert.Equal(AppendOutcome.Duplicate, o));
        await AssertStoredOnceAsync(second, 1200, 2400);
        await using InfluxStore third = await OpenAsync("plant");
        await AssertStoredOnceAsync(third, 1200, 2400);
        Assert.Contains("\"progress\"", await _server.AskAsync("plant", "SELECT contiguous FROM ledger.progress"), StringComparison.Ordinal);
    }

    private async Task<InfluxStore> OpenAsync(string database)
    {
        var store = new InfluxStore(_server.Options(database), TimeProvider.System);
        await store.InitializeAsync(default);
        return store;
    }

    /// <summary>As ingest does: again and again until the store says that it has them.</summary>
    private static async Task UntilStoredAsync(InfluxStore store, StoredBatch[] batches)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (true)
        {
            try
            {
                Assert.DoesNotContain(AppendOutcome.Conflict, await store.AppendAsync(batches, limit.Token));
                return;
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(20, limit.Token);
            }
        }
    }

    private async Task AssertStoredOnceAsync(InfluxStore store, int batches, int readings)
    {
        StoreTotals totals = await store.ReadTotalsAsync(null, default);
        Assert.Equal((batches, readings, readings), (totals.Batches, totals.Readings, totals.Accounts.Due));
        Assert.Equal(batches, (await store.ReadSequencesAsync(_agent.Key, _agent.Incarnation, default)).Contiguous);
        Assert.Equal(readings, (await store.ReadDeviceHoursAsync(null, TestAgent.Hour - 1, TestAgent.Hour + 1000, default)).Sum(h => h.Account.Buffered));
        Assert.Equal(readings, (await store.ReadRangeAsync(_agent.Series(0), TestAgent.At(-1), TestAgent.At(1e7), 0, default)).Count);
    }
}
