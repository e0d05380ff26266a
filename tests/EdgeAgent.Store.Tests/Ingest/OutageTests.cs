using EdgeAgent.Core.Batches;
using EdgeAgent.Store.Ingest;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;

namespace EdgeAgent.Store.Tests.Ingest;

/// <summary>The store is down, hangs, fails on one batch; the hub dies between commit and acknowledgement.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task While_the_store_is_down_nothing_is_acknowledged_and_afterwards_everything()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory);
        hub.Enrol(agent);
        await hub.Link.SendAsync(agent.NextRamp(TestAgent.At(0), 1));
        await hub.Link.AckAsync(a => a.Contiguous == 1);
        hub.Store.IsDown = true;
        for (int i = 1; i < 50; i++)
        {
            await hub.Link.SendAsync(agent.NextRamp(TestAgent.At(i), 1));
        }

        await hub.Store.FaultMet.Task;
        await Eventually.TrueAsync(() => hub.Statistics.StoreProblem is not null, "the outage is visible");
        Assert.False(hub.Link.HasAcks);
        hub.Store.IsDown = false;
        await hub.Link.AckAsync(a => a.Contiguous == 50);
        Assert.Null(hub.Statistics.StoreProblem);
        StoreTotals totals = await hub.Store.ReadTotalsAsync(null, default);
        Assert.Equal((50, 50), (totals.Batches, totals.Readings));
    }

    [Fact]
    public async Task A_store_that_is_down_at_start_is_waited_for()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory, prepare: s => s.IsDown = true);
        hub.Enrol(agent);
        await hub.Store.FaultMet.Task;
        hub.Store.IsDown = false;
        await hub.Link.SendAsync(agent.NextRamp(TestAgent.At(0), 1));
        await hub.Link.AckAsync(a => a.Contiguous == 1);
    }

    [Fact]
    public async Task A_hanging_store_stops_the_reading_of_messages_at_the_limits()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(
            _directory, o => o with { QueueBytesMax = 64 << 10, GroupReadingsMax = 1000 }, s => s.Hang());
        hub.Enrol(agent);
        int sent = 0;
        bool enough = false;
        Task sending = Task.Run(async () =>
        {
            for (int next = 1; next <= 5000 && !Volatile.Read(ref enough); next++)
            {
                await hub.Link.SendAsync(agent.NextRamp(TestAgent.At(next), 100));
                Volatile.Write(ref sent, next);
            }
        });

        await Eventually.TrueAsync(() => sending.IsCompleted || hub.Statistics.QueuedBytes > 60 << 10, "the queue is full");
        Assert.InRange(hub.Statistics.QueuedBytes, 1, 64 << 10);
        Assert.False(sending.IsCompleted, "the hub took everything into memory");
        Volatile.Write(ref enough, true);
        hub.Store.Resume();
        await sending;
        await hub.Link.AckAsync(a => a.Contiguous == sent);
        Assert.Equal(sent * 100, (await hub.Store.ReadTotalsAsync(null, default)).Readings);
    }

    [Fact]
    public async Task Death_between_commit_and_acknowledgement_costs_a_repetition()
    {
        using var agent = new TestAgent();
        StoredBatch[] batches = [.. Enumerable.Range(0, 20).Select(i => agent.NextRamp(TestAgent.At(i), 1))];
        await using (var hub = new Hub(_directory))
        {
            hub.Enrol(agent);
            hub.Link.HoldPublishing();
            foreach (StoredBatch batch in batches)
            {
                await hub.Link.SendAsync(batch);
            }

            await Eventually.TrueAsync(() => hub.Statistics.Batches == 20, "everything is committed");
            Assert.False(hub.Link.HasAcks);
        }

        await using var next = new Hub(_directory);
        foreach (StoredBatch batch in batches)
        {
            await next.Link.SendAsync(batch);
        }

        await next.Link.AckAsync(a => a.Contiguous == 20);
        StoreTotals totals = await next.Store.ReadTotalsAsync(null, default);
        Assert.Equal((20, 20), (totals.Batches, totals.Readings));
    }

    [Fact]
    public async Task A_batch_on_which_the_store_fails_does_not_stop_the_others()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory, prepare: s =>
        {
            s.PoisonSequence = 3;
            s.Hang();
        });
        hub.Enrol(agent);
        for (int i = 0; i < 6; i++)
        {
            await hub.Link.SendAsync(agent.NextRamp(TestAgent.At(i), 1));
        }

        hub.Store.Resume();
        BatchAck ack = await hub.Link.AckAsync(a => a.Contiguous == 2 && a.Above.Count == 1 && a.Above[0].Last == 6);
        Assert.Equal(4, ack.Above[0].First);
        await hub.RefusedAsync(RefusalReason.StoreRefused);
        Assert.Single(Directory.GetFiles(_directory.File("refused"), "*StoreRefused.batch"));
    }

    [Fact]
    public async Task A_damaged_store_ends_ingest_with_its_name()
    {
        Directory.CreateDirectory(_directory.File("store"));
        byte[] garbage = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 7))];
        await File.WriteAllBytesAsync(_directory.File("store", "store.db"), garbage);
        await using var hub = new Hub(_directory);
        StoreDamagedException damage = await Assert.ThrowsAsync<StoreDamagedException>(() => hub.Run.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("store.db", damage.Message, StringComparison.Ordinal);
        Assert.Equal(garbage, await File.ReadAllBytesAsync(_directory.File("store", "store.db")));
    }
}
