using FsCheck;
using FsCheck.Fluent;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Ingest;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;

namespace EdgeAgent.Store.Tests.Ingest;

/// <summary>The way of good batches: stored once, acknowledged as often as asked, whatever the order.</summary>
public sealed class IngestServiceTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Batches_are_stored_and_acknowledged()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory);
        hub.Enrol(agent);
        for (int i = 0; i < 5; i++)
        {
            await hub.Link.SendAsync(agent.NextRamp(TestAgent.At(i * 10), 10));
        }

        BatchAck ack = await hub.Link.AckAsync(a => a.Contiguous == 5);
        Assert.Equal((agent.Incarnation, 0, 0), (ack.Incarnation, ack.Above.Count, ack.Refused.Count));
        StoreTotals totals = await hub.Store.ReadTotalsAsync(null, default);
        Assert.Equal((5, 50, 0), (totals.Batches, totals.Readings, totals.DuplicateBatches));
        IngestStatistics statistics = hub.Statistics;
        Assert.Equal((5, 50, 0, 0), (statistics.Batches, statistics.Readings, statistics.Duplicates, statistics.Unbalanced));
        Assert.Equal(50, statistics.Agents[agent.Key].Readings);
        Assert.True(statistics.Agents[agent.Key].LagTicks > 0);
        Assert.Equal(["edgeagent/v1/+/+/birth", "edgeagent/v1/+/+/batch"], hub.Link.Filters);
    }

    [Fact]
    public async Task A_repeated_batch_is_acknowledged_again_and_stored_once()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory);
        hub.Enrol(agent);
        StoredBatch batch = agent.NextRamp(TestAgent.At(0), 10);
        await hub.Link.SendAsync(batch);
        await hub.Link.AckAsync(a => a.Contiguous == 1);
        await hub.Link.SendAsync(batch);
        await hub.Link.AckAsync(a => a.Contiguous == 1);
        StoreTotals totals = await hub.Store.ReadTotalsAsync(null, default);
        Assert.Equal((1, 10, 1), (totals.Batches, totals.Readings, totals.DuplicateBatches));
        Assert.Equal(1, hub.Statistics.Duplicates);
    }

    [Fact]
    public async Task Gaps_are_told_as_ranges_and_at_most_64_of_them()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory);
        hub.Enrol(agent);
        List<StoredBatch> batches = [.. Enumerable.Range(0, 200).Select(i => agent.NextRamp(TestAgent.At(i), 1))];
        await hub.Link.SendAsync(batches[0]);
        foreach (StoredBatch batch in batches.Where((_, i) => i > 0 && i % 2 == 0))
        {
            await hub.Link.SendAsync(batch);
        }

        BatchAck ack = await hub.Link.AckAsync(a => a.Above.Count == BatchAck.AboveMax && hub.Statistics.Batches == 100);
        Assert.Equal(1, ack.Contiguous);
        Assert.Equal(new SequenceRange(3, 3), ack.Above[0]);
        foreach (StoredBatch batch in batches.Where((_, i) => i % 2 == 1).Reverse())
        {
            await hub.Link.SendAsync(batch);
        }

        await hub.Link.AckAsync(a => a.Contiguous == 200 && a.Above.Count == 0);
    }

    [Fact]
    public async Task What_arrives_during_a_commit_is_committed_together()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory, prepare: s => s.Hang());
        hub.Enrol(agent);
        for (int i = 0; i < 300; i++)
        {
            await hub.Link.SendAsync(agent.NextRamp(TestAgent.At(i), 1));
        }

        await hub.Store.FaultMet.Task;
        await Eventually.TrueAsync(() => hub.Statistics.QueuedBytes == 0, "all batches are checked");
        hub.Store.Resume();
        await hub.Link.AckAsync(a => a.Contiguous == 300);
        Assert.InRange(hub.Store.Appends, 1, 2);
    }

    [Fact]
    public async Task A_batch_without_a_known_definition_is_held_until_the_birth_message_brings_it()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory);
        hub.Enrol(agent);
        _ = agent.NextRamp(TestAgent.At(0), 1);
        StoredBatch second = agent.NextRamp(TestAgent.At(1), 1);
        await hub.Link.SendAsync(second);
        await hub.HeldAsync(HoldReason.DefinitionUnknown);
        Assert.False(hub.Link.HasAcks);
        await hub.Link.SendBirthAsync(agent);
        await hub.Link.SendAsync(second);
        BatchAck ack = await hub.Link.AckAsync(_ => true);
        Assert.Equal([new SequenceRange(2, 2)], ack.Above);
        Assert.Equal(agent.Series(0), (await hub.Store.ReadLastAsync(null, default)).Single().Series);
    }

    [Fact]
    public async Task An_account_that_does_not_add_up_is_stored_and_counted()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory);
        hub.Enrol(agent);
        await hub.Link.SendAsync(agent.NextAccounts(new ScanAccount(0, TestAgent.Hour, Provenance.Live, 10, 5, 0, 0, 0, 0, 0, 5, 0)));
        await hub.Link.AckAsync(a => a.Contiguous == 1);
        Assert.Equal(1, hub.Statistics.Unbalanced);
    }

    [Fact]
    public void Any_order_and_repetition_of_batches_ends_in_the_same_store()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(30),
            Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), order => RunInOrderAsync(order).GetAwaiter().GetResult()));
    }

    private static async Task RunInOrderAsync(int[] order)
    {
        using var directory = new TempDirectory();
        using var agent = new TestAgent();
        await using var hub = new Hub(directory);
        hub.Enrol(agent);
        StoredBatch[] batches = [.. Enumerable.Range(0, 8).Select(i => agent.NextRamp(TestAgent.At(i * 5), 6))];
        await hub.Link.SendAsync(batches[0]);
        foreach (int i in order)
        {
            await hub.Link.SendAsync(batches[Math.Abs(i % batches.Length)]);
        }

        foreach (StoredBatch batch in batches)
        {
            await hub.Link.SendAsync(batch);
        }

        await hub.Link.AckAsync(a => a.Contiguous == 8);
        StoreTotals totals = await hub.Store.ReadTotalsAsync(null, default);
        Assert.Equal((8, 48, 48), (totals.Batches, totals.Readings, totals.Accounts.Due));
        IReadOnlyList<RangePoint> points = await hub.Store.ReadRangeAsync(agent.Series(0), TestAgent.At(-1), TestAgent.At(1000), 0, default);
        Assert.Equal(41, points.Count);
        Assert.Equal(41, points.Select(p => p.Ticks).Distinct().Count());
    }
}
