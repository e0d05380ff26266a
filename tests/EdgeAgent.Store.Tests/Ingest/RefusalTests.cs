using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Ingest;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;

namespace EdgeAgent.Store.Tests.Ingest;

/// <summary>Forged, damaged, replayed and contradicting batches are not stored, are kept aside, and mislead no agent.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_forged_batch_is_refused_kept_aside_and_not_told_to_the_agent()
    {
        using var agent = new TestAgent();
        using var forger = new TestAgent(agent.Key.Site, agent.Key.Agent);
        await using var hub = new Hub(_directory);
        hub.Enrol(agent);
        StoredBatch forged = forger.NextRamp(TestAgent.At(0), 5);
        await hub.Link.SendAsync(forged);
        await hub.RefusedAsync(RefusalReason.BadSignature);
        await hub.Link.SendAsync(agent.NextRamp(TestAgent.At(0), 5));
        BatchAck ack = await hub.Link.AckAsync(_ => true);
        Assert.Equal((agent.Incarnation, 1, 0), (ack.Incarnation, ack.Contiguous, ack.Refused.Count));
        string kept = Assert.Single(Directory.GetFiles(_directory.File("refused"), "*.batch"));
        Assert.Equal(forged.Signed.ToArray(), await File.ReadAllBytesAsync(kept));
        Assert.Contains("reason: BadSignature", await File.ReadAllTextAsync(Path.ChangeExtension(kept, ".txt")), StringComparison.Ordinal);
        Assert.Equal(5, (await hub.Store.ReadTotalsAsync(null, default)).Readings);
    }

    [Fact]
    public async Task A_damaged_batch_is_refused_wherever_the_damage_is()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory);
        hub.Enrol(agent);
        byte[] good = agent.NextRamp(TestAgent.At(0), 50).Signed.ToArray();
        string topic = Topics.Batch(agent.Key.Site, agent.Key.Agent);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= (byte)(1 << (i % 8));
            await hub.Link.SendAsync(topic, bad);
        }

        await hub.Link.SendAsync(topic, good[..^1]);
        await hub.Link.SendAsync(topic, [.. good, 0]);
        await hub.Link.SendAsync(topic, []);
        await Eventually.TrueAsync(() => hub.Statistics.Refused.Values.Sum() == good.Length + 3, "every damaged batch is refused");
        Assert.False(hub.Link.HasAcks);
        Assert.Equal(0, hub.Statistics.Batches);
    }

    [Fact]
    public async Task A_batch_replayed_on_the_topic_of_another_agent_is_refused()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory);
        hub.Enrol(agent);
        // The worst case: the other agent is enrolled with the same key.
        hub.Registry.Enrol(new AgentKey(agent.Key.Site, "gw-02"), agent.Signer.PublicKey.Span, "test");
        await hub.Link.SendAsync(Topics.Batch(agent.Key.Site, "gw-02"), agent.NextRamp(TestAgent.At(0), 5).Signed.ToArray());
        await hub.RefusedAsync(RefusalReason.WrongTopic);
        Assert.Equal(0, (await hub.Store.ReadTotalsAsync(null, default)).Batches);
    }

    [Fact]
    public async Task A_batch_that_does_not_continue_the_stored_chain_is_refused_and_nothing_of_it_acknowledged()
    {
        using var agent = new TestAgent();
        StoredBatch first = agent.NextRamp(TestAgent.At(0), 1);
        StoredBatch second = agent.NextRamp(TestAgent.At(1), 1);
        agent.Rewind(first);
        StoredBatch forkOfSecond = agent.NextRamp(TestAgent.At(1), 2);
        StoredBatch forkedThird = agent.NextRamp(TestAgent.At(3), 1);
        await using (var hub = new Hub(_directory))
        {
            hub.Enrol(agent);
            await hub.Link.SendAsync(first);
            await hub.Link.SendAsync(second);
            await hub.Link.AckAsync(a => a.Contiguous == 2);
        }

        // A new process, so that the hash comes from the store and not from memory.
        await using var next = new Hub(_directory);
        await next.Link.SendAsync(forkedThird);
        BatchAck ack = await next.Link.AckAsync(a => a.Refused.Count > 0);
        Assert.Equal((3, 0, 0), (ack.Refused[0].Sequence, ack.Contiguous, ack.Above.Count));
        await next.RefusedAsync(RefusalReason.BrokenChain);
        await next.Link.SendAsync(forkOfSecond);
        await next.RefusedAsync(RefusalReason.Conflict);
        // The agent would delete its own second batch if it were told that the second is stored.
        ack = await next.Link.AckAsync(a => a.Refused.Any(r => r.Sequence == 2));
        Assert.Equal((0, 0), (ack.Contiguous, ack.Above.Count));
        Assert.True(next.Statistics.Agents[agent.Key].Forked);
        Assert.Equal(2, (await next.Store.ReadTotalsAsync(null, default)).Batches);
    }

    [Fact]
    public async Task A_first_batch_with_a_predecessor_is_refused()
    {
        using var agent = new TestAgent();
        _ = agent.NextRamp(TestAgent.At(0), 1);
        StoredBatch second = agent.NextRamp(TestAgent.At(1), 1);
        agent.Rewind(second with { Sequence = 0 });
        StoredBatch wrong = agent.NextRamp(TestAgent.At(0), 1);
        await using var hub = new Hub(_directory);
        hub.Enrol(agent);
        await hub.Link.SendAsync(wrong);
        await hub.RefusedAsync(RefusalReason.BrokenChain);
    }

    [Fact]
    public async Task Readings_outside_the_definition_or_without_an_account_are_refused()
    {
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory);
        hub.Enrol(agent);
        var readings = new ReadingBatch();
        readings.Add(Reading.Float64(0, Quality.Good, TestAgent.At(0), 1));
        await hub.Link.SendAsync(agent.Next(readings, withAccounts: false));
        await hub.RefusedAsync(RefusalReason.Inconsistent);
        readings.Clear();
        readings.Add(Reading.Float64(TestPlant.Definition.Tags.Count, Quality.Good, TestAgent.At(0), 1));
        await hub.Link.SendAsync(agent.Next(readings, withAccounts: false));
        await hub.Link.SendAsync(agent.NextAccounts(new ScanAccount(99, TestAgent.Hour, Provenance.Live, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
        await Eventually.TrueAsync(() => hub.Statistics.Refused.Values.Sum() + hub.Statistics.Held.Values.Sum() == 3, "all three are turned away");
        Assert.Equal(0, hub.Statistics.Batches);
    }

    [Fact]
    public async Task The_folder_of_refused_batches_is_bounded()
    {
        using var forger = new TestAgent();
        using var agent = new TestAgent();
        await using var hub = new Hub(_directory, o => o with { RefusedFilesMax = 10 });
        hub.Enrol(agent);
        for (int i = 0; i < 40; i++)
        {
            await hub.Link.SendAsync(forger.NextRamp(TestAgent.At(i), 1));
        }

        await hub.RefusedAsync(RefusalReason.BadSignature, 40);
        await Eventually.TrueAsync(() => Directory.GetFiles(_directory.File("refused")).Length == 20, "ten batches with their reasons stay");
    }
}
