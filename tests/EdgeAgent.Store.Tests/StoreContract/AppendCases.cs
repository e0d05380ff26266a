using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Tests.StoreContract;

/// <summary>Batches are stored once, whole, and remembered by sequence.</summary>
internal static class AppendCases
{
    public static async Task A_batch_is_stored_once_however_often_it_comes(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch first = agent.NextRamp(TestAgent.At(0), 10);
        StoredBatch second = agent.NextRamp(TestAgent.At(10), 5);
        Assert.Equal([AppendOutcome.Stored, AppendOutcome.Stored], await context.AppendAsync(first, second));
        Assert.Equal([AppendOutcome.Duplicate], await context.AppendAsync(first));
        Assert.Equal([AppendOutcome.Duplicate, AppendOutcome.Duplicate], await context.AppendAsync(second, first));
        StoreTotals totals = await context.Store.ReadTotalsAsync(null, default);
        Assert.Equal((2, 15, 3), (totals.Batches, totals.Readings, totals.DuplicateBatches));
        Assert.Equal(15, totals.Accounts.Due);
        await context.SettleAsync();
        Assert.Equal(15, (await context.Store.ReadRangeAsync(agent.Series(TestPlant.Speed), TestAgent.At(0), TestAgent.At(100), 0, default)).Count);
    }

    public static async Task A_batch_twice_in_one_group_is_stored_once(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch batch = agent.NextRamp(TestAgent.At(0), 3);
        Assert.Equal([AppendOutcome.Stored, AppendOutcome.Duplicate], await context.AppendAsync(batch, batch));
        Assert.Equal(3, (await context.Store.ReadTotalsAsync(agent.Key, default)).Readings);
    }

    public static async Task Another_batch_with_a_stored_sequence_is_a_conflict(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch first = agent.NextRamp(TestAgent.At(0), 3);
        StoredBatch second = agent.NextRamp(TestAgent.At(3), 3);
        agent.Rewind(first);
        StoredBatch fork = agent.NextRamp(TestAgent.At(3), 4);
        await context.AppendAsync(first, second);
        Assert.Equal([AppendOutcome.Conflict], await context.AppendAsync(fork));
        Assert.Equal(6, (await context.Store.ReadTotalsAsync(null, default)).Readings);
        Assert.Equal(second.Hash.ToArray(), await context.Store.FindBatchHashAsync(agent.Key, agent.Incarnation, 2, default));
    }

    public static async Task A_fork_within_one_group_is_a_conflict(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch first = agent.NextRamp(TestAgent.At(0), 3);
        StoredBatch second = agent.NextRamp(TestAgent.At(3), 3);
        agent.Rewind(first);
        StoredBatch fork = agent.NextRamp(TestAgent.At(3), 4);
        Assert.Equal([AppendOutcome.Stored, AppendOutcome.Stored, AppendOutcome.Conflict], await context.AppendAsync(first, second, fork));
        Assert.Equal(6, (await context.Store.ReadTotalsAsync(null, default)).Readings);
    }

    public static async Task Sequences_are_contiguous_and_what_is_above(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch[] batches = [.. Enumerable.Range(0, 9).Select(i => agent.NextRamp(TestAgent.At(i), 1))];
        Assert.Equal(SequenceRecord.Empty.Contiguous, (await context.Store.ReadSequencesAsync(agent.Key, agent.Incarnation, default)).Contiguous);
        await context.AppendAsync(batches[3], batches[4], batches[7]);
        await AssertSequencesAsync(context, agent, 0, new SequenceRange(4, 5), new SequenceRange(8, 8));
        await context.AppendAsync(batches[0], batches[1]);
        await AssertSequencesAsync(context, agent, 2, new SequenceRange(4, 5), new SequenceRange(8, 8));
        await context.AppendAsync(batches[2]);
        await AssertSequencesAsync(context, agent, 5, new SequenceRange(8, 8));
        await context.ReopenAsync();
        await AssertSequencesAsync(context, agent, 5, new SequenceRange(8, 8));
        await context.AppendAsync(batches[8], batches[6], batches[5]);
        await AssertSequencesAsync(context, agent, 9);
    }

    public static async Task What_the_buffer_gave_up_closes_the_gap_and_is_listed(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch first = agent.NextRamp(TestAgent.At(0), 1);
        _ = agent.NextRamp(TestAgent.At(1), 1);
        _ = agent.NextRamp(TestAgent.At(2), 1);
        DiscardedRange lost = new(2, 3, "size-cap", 2, TestAgent.At(1), TestAgent.At(2), [new DiscardedAccount("press 01, left", TestAgent.Hour, Provenance.Live, 3, 2)]);
        StoredBatch fourth = agent.Next(new ReadingBatch(), [lost]);
        await context.AppendAsync(first, fourth);
        await context.AppendAsync(fourth);
        await context.ReopenAsync();
        await AssertSequencesAsync(context, agent, 4);
        DiscardRecord listed = Assert.Single(await context.Store.ListDiscardsAsync(agent.Key, default));
        Assert.Equal((agent.Incarnation, 4, "size-cap", 2), (listed.Incarnation, listed.DeclaredIn, listed.Range.Reason, listed.Range.Readings));
        Assert.Equal((2, 3, TestAgent.At(1), TestAgent.At(2)), (listed.Range.FirstSequence, listed.Range.LastSequence, listed.Range.FirstTicks, listed.Range.LastTicks));
        Assert.Equal(new DiscardedAccount("press 01, left", TestAgent.Hour, Provenance.Live, 3, 2), Assert.Single(listed.Range.Accounts));
        Assert.Equal(2, (await context.Store.ReadTotalsAsync(agent.Key, default)).DiscardedReadings);
    }

    public static async Task A_batch_comes_back_as_it_was_signed(ContractContext context)
    {
        using var agent = new TestAgent();
        // Larger than 64 KiB, the longest text that some stores take in one piece.
        var random = new Random(7);
        var readings = new ReadingBatch();
        for (int i = 0; i < 20_000; i++)
        {
            readings.Add(Reading.Float64(TestPlant.Speed, Quality.Good, TestAgent.At(i / 10.0), random.NextDouble()));
        }

        StoredBatch batch = agent.Next(readings);
        Assert.True(batch.Signed.Length > 65_536);
        await context.AppendAsync(batch);
        await context.ReopenAsync();
        Assert.Equal(batch.Signed.ToArray(), await context.Store.ReadBatchAsync(agent.Key, agent.Incarnation, 1, default));
        Assert.Equal(batch.Hash.ToArray(), await context.Store.FindBatchHashAsync(agent.Key, agent.Incarnation, 1, default));
        Assert.Null(await context.Store.ReadBatchAsync(agent.Key, agent.Incarnation, 2, default));
        Assert.Null(await context.Store.FindBatchHashAsync(agent.Key, Guid.NewGuid(), 1, default));
    }

    public static async Task Incarnations_and_agents_are_apart(ContractContext context)
    {
        using var agent = new TestAgent();
        using var other = new TestAgent(agent: "gw-02");
        Guid firstLife = agent.Incarnation;
        StoredBatch first = agent.NextRamp(TestAgent.At(0), 2);
        agent.Reincarnate();
        StoredBatch again = agent.NextRamp(TestAgent.At(10), 3);
        StoredBatch others = other.NextRamp(TestAgent.At(0), 4);
        Assert.All(await context.AppendAsync(first, again, others), o => Assert.Equal(AppendOutcome.Stored, o));
        Assert.Equal(new[] { firstLife, agent.Incarnation }.Order(), (await context.Store.ListIncarnationsAsync(agent.Key, default)).Order());
        Assert.Equal([agent.Key, other.Key], (await context.Store.ListAgentsAsync(default)).OrderBy(a => a.Agent));
        Assert.Equal(5, (await context.Store.ReadTotalsAsync(agent.Key, default)).Readings);
        Assert.Equal(4, (await context.Store.ReadTotalsAsync(other.Key, default)).Readings);
        Assert.Equal(9, (await context.Store.ReadTotalsAsync(null, default)).Readings);
        await context.SettleAsync();
        Assert.Equal(4, (await context.Store.ReadRangeAsync(other.Series(TestPlant.Speed), TestAgent.At(0), TestAgent.At(100), 0, default)).Count);
    }

    private static async Task AssertSequencesAsync(ContractContext context, TestAgent agent, long contiguous, params SequenceRange[] above)
    {
        SequenceRecord record = await context.Store.ReadSequencesAsync(agent.Key, agent.Incarnation, default);
        Assert.Equal(contiguous, record.Contiguous);
        Assert.Equal(above, record.Above);
    }
}
