using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Tests.StoreContract;

/// <summary>What agents declare as given up counts as due and missed, each sequence once, whatever the order of things.</summary>
internal static class DiscardCases
{
    private const int Hour = TestAgent.Hour;

    public static async Task What_was_given_up_counts_as_due_and_missed_in_its_hour(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch first = agent.NextRamp(TestAgent.At(0), 10);
        StoredBatch lost = agent.NextRamp(TestAgent.At(10), 10);
        StoredBatch declaring = agent.Next(new ReadingBatch(), [TestAgent.Discard(lost)]);
        await context.AppendAsync(first, declaring);
        await context.ReopenAsync();
        await AssertAsync(context, agent, new ScanAccount(0, Hour, Provenance.Live, 20, 10, 0, 10, 0, 0, 0, 10, 10), discarded: 10);
        DeviceHour hour = Assert.Single(await context.Store.ReadDeviceHoursAsync(null, Hour, Hour + 1, default));
        Assert.Equal(("press 01, left", "A-001", "modbus-tcp", "modbus-tcp://10.0.0.5:502/1"), (hour.Device, hour.Asset, hour.Driver, hour.Address));
        Assert.Empty(await context.Store.ReadDeviceHoursAsync(null, Hour + 1, Hour + 2, default));
    }

    /// <summary>The trap: stored, but the acknowledgement did not arrive before the cap gave the batch up.</summary>
    public static async Task A_batch_that_was_stored_before_it_was_declared_is_not_counted_twice(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch stored = agent.NextRamp(TestAgent.At(0), 10);
        StoredBatch lost = agent.NextRamp(TestAgent.At(10), 7);
        StoredBatch declaring = agent.Next(new ReadingBatch(), [TestAgent.Discard(stored, lost)]);
        await context.AppendAsync(stored);
        await context.AppendAsync(declaring);
        await AssertAsync(context, agent, new ScanAccount(0, Hour, Provenance.Live, 17, 10, 0, 7, 0, 0, 0, 10, 10), discarded: 7);
    }

    /// <summary>The reverse: a message of long ago brings a batch that was declared meanwhile.</summary>
    public static async Task A_batch_that_comes_after_it_was_declared_takes_its_part_back(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch first = agent.NextRamp(TestAgent.At(0), 1);
        StoredBatch late = agent.NextRamp(TestAgent.At(1), 10);
        StoredBatch lost = agent.NextRamp(TestAgent.At(20), 7);
        StoredBatch declaring = agent.Next(new ReadingBatch(), [TestAgent.Discard(late, lost)]);
        await context.AppendAsync(first, declaring);
        await AssertAsync(context, agent, new ScanAccount(0, Hour, Provenance.Live, 18, 1, 0, 17, 0, 0, 0, 1, 1), discarded: 17);
        await context.ReopenAsync();
        Assert.Equal([AppendOutcome.Stored], await context.AppendAsync(late));
        Assert.Equal([AppendOutcome.Duplicate], await context.AppendAsync(late));
        await AssertAsync(context, agent, new ScanAccount(0, Hour, Provenance.Live, 18, 11, 0, 7, 0, 0, 0, 11, 11), discarded: 7);
    }

    public static async Task A_declaration_made_again_or_within_a_wider_one_counts_once(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch[] lost = [.. Enumerable.Range(0, 4).Select(i => agent.NextRamp(TestAgent.At(i * 10), i + 1))];
        StoredBatch narrow = agent.Next(new ReadingBatch(), [TestAgent.Discard(lost[0], lost[1])]);
        StoredBatch again = agent.Next(new ReadingBatch(), [TestAgent.Discard(lost[0], lost[1]), TestAgent.Discard(lost[3])]);
        StoredBatch wide = agent.Next(new ReadingBatch(), [TestAgent.Discard(lost)]);
        var once = new ScanAccount(0, Hour, Provenance.Live, 10, 0, 0, 10, 0, 0, 0, 0, 0);
        await context.AppendAsync(narrow, again);
        await AssertAsync(context, agent, once with { Due = 7, Missed = 7 }, discarded: 7);
        await context.AppendAsync(wide, again);
        await AssertAsync(context, agent, once, discarded: 10);
        Assert.Equal(4, (await context.Store.ListDiscardsAsync(agent.Key, default)).Count);
    }

    /// <summary>After a power cut only numbers are declared, some of whose batches are stored: there is nothing to take back.</summary>
    public static async Task Numbers_without_accounts_change_no_counts(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch stored = agent.NextRamp(TestAgent.At(0), 10);
        StoredBatch late = agent.NextRamp(TestAgent.At(10), 5);
        DiscardedRange numbers = TestAgent.Discard(stored, late) with { Reason = "power-cut", Readings = 0, Accounts = [] };
        StoredBatch declaring = agent.Next(new ReadingBatch(), [numbers]);
        await context.AppendAsync(stored, declaring);
        await context.AppendAsync(late);
        await AssertAsync(context, agent, new ScanAccount(0, Hour, Provenance.Live, 15, 15, 0, 0, 0, 0, 0, 15, 15), discarded: 0);
    }

    public static async Task A_device_that_the_agent_has_no_more_keeps_its_loss(ContractContext context)
    {
        using var agent = new TestAgent();
        StoredBatch first = agent.NextRamp(TestAgent.At(0), 1);
        DiscardedRange range = new(2, 2, "disk-full", 3, TestAgent.At(1), TestAgent.At(2), [new DiscardedAccount("press 09", Hour, Provenance.Replayed, 4, 3)]);
        _ = agent.NextRamp(TestAgent.At(1), 1);
        await context.AppendAsync(first, agent.Next(new ReadingBatch(), [range]));
        DeviceHour hour = Assert.Single(await context.Store.ReadDeviceHoursAsync(agent.Key.Site, Hour, Hour + 1, default), h => h.Device == "press 09");
        Assert.Equal((4, 4, Provenance.Replayed), (hour.Account.Due, hour.Account.Missed, hour.Account.Provenance));
    }

    /// <summary>Chains of batches with nested declarations, delivered in any order, in any groups, with repetitions: the result is what
    /// counting sequence by sequence gives.</summary>
    public static async Task Any_order_gives_the_same_counts(ContractContext context)
    {
        for (int seed = 1; seed <= 12; seed++)
        {
            await DeliverAsync(context, new Random(seed), seed);
        }
    }

    private static async Task DeliverAsync(ContractContext context, Random random, int seed)
    {
        using var agent = new TestAgent(agent: $"gw-{seed}");
        var chain = new List<StoredBatch>();
        var undeclared = new List<List<StoredBatch>>();
        for (int i = 0; i < 14; i++)
        {
            // Give up the oldest not given up; then declare some of what is given up, joined to neighbours first, now and then again.
            if (i > 2 && random.Next(2) == 0 && undeclared.Sum(r => r.Count) is int given && given < i)
            {
                undeclared.Add([chain[given]]);
            }

            for (int j = undeclared.Count - 1; j > 0; j--)
            {
                if (random.Next(3) == 0)
                {
                    undeclared[j - 1].AddRange(undeclared[j]);
                    undeclared.RemoveAt(j);
                }
            }

            chain.Add(NextOf(agent, random, [.. undeclared.Where(_ => random.Next(2) == 0).Select(r => TestAgent.Discard(r))]));
        }

        // What is given up is stored now and then all the same, earlier or later.
        StoredBatch[] delivered = [.. chain.Where(b => random.Next(3) > 0)];
        StoredBatch[] sent = [.. delivered, .. delivered.Where(_ => random.Next(4) == 0)];
        random.Shuffle(sent);
        for (int from = 0; from < sent.Length;)
        {
            int count = Math.Min(random.Next(1, 5), sent.Length - from);
            await context.AppendAsync(sent[from..(from + count)]);
            from += count;
        }

        var stored = delivered.Select(b => b.Sequence).ToHashSet();
        var declared = delivered.SelectMany(b => b.Discarded).ToList();
        StoredBatch[] lost = [.. chain.Where(b => !stored.Contains(b.Sequence) && declared.Any(r => r.FirstSequence <= b.Sequence && b.Sequence <= r.LastSequence))];
        IEnumerable<(string, int, Provenance, ScanAccount Account)> expected = delivered.SelectMany(b => b.Accounts.Select(a => Row(b, a)))
            .Concat(lost.SelectMany(b => b.Accounts.Select(a => Row(b, new ScanAccount(a.DeviceId, a.Hour, a.Provenance, a.Due, 0, 0, a.Due, 0, 0, 0, 0, 0)))));
        StoreTotals totals = await context.Store.ReadTotalsAsync(agent.Key, default);
        Assert.True(totals.DiscardedReadings == lost.Sum(b => (long)b.Readings.Count), $"seed {seed}: {totals}");
        Assert.True(totals.Accounts.Balances && totals.Accounts.Buffered == totals.Readings, $"seed {seed}: {totals}");
        Assert.Equal(
            expected.Where(e => e.Account.Due > 0).GroupBy(e => (e.Item1, e.Item2, e.Item3)).Select(g => (g.Key, Counts(g.Select(e => e.Account)))).OrderBy(e => e.Key),
            (await context.Store.ReadDeviceHoursAsync(null, Hour - 10, Hour + 10, default)).Where(h => h.Agent == agent.Key && h.Account.Due > 0)
                .Select(h => ((h.Device, h.Account.Hour, h.Account.Provenance), Counts([h.Account]))).OrderBy(e => e.Item1));
    }

    private static (string, int, Provenance, ScanAccount) Row(StoredBatch batch, ScanAccount account) =>
        (batch.Definition.Devices[account.DeviceId].Name, account.Hour, account.Provenance, account);

    private static (long Due, long Good, long Missed, long Buffered) Counts(IEnumerable<ScanAccount> accounts)
    {
        ScanAccount sum = accounts.Aggregate(default(ScanAccount), (sum, account) => sum.Plus(account));
        return (sum.Due, sum.Good, sum.Missed, sum.Buffered);
    }

    private static StoredBatch NextOf(TestAgent agent, Random random, IEnumerable<DiscardedRange> discarded)
    {
        var readings = new ReadingBatch();
        for (int i = random.Next(4); i > 0; i--)
        {
            int tag = random.Next(2) == 0 ? TestPlant.Speed : TestPlant.Temperature;
            long ticks = TestAgent.HourTicks + (random.Next(-1, 2) * UnixTicks.PerHour) + random.Next(1_000_000);
            readings.Add(Reading.Float64(tag, Quality.Good, ticks, i));
        }

        int missed = random.Next(3);
        return agent.Next(readings, discarded, more: [new ScanAccount(random.Next(2), Hour, (Provenance)random.Next(2), missed, 0, 0, missed, 0, 0, 0, 0, 0)]);
    }

    private static async Task AssertAsync(ContractContext context, TestAgent agent, ScanAccount expected, long discarded)
    {
        StoreTotals totals = await context.Store.ReadTotalsAsync(agent.Key, default);
        Assert.Equal(expected with { Hour = 0, Provenance = Provenance.Live }, totals.Accounts);
        Assert.Equal(discarded, totals.DiscardedReadings);
        Assert.Equal(totals.Readings, totals.Accounts.Buffered);
        ScanAccount hours = (await context.Store.ReadDeviceHoursAsync(null, Hour, Hour + 1, default)).Where(h => h.Agent == agent.Key)
            .Aggregate(default(ScanAccount), (sum, h) => sum.Plus(h.Account));
        Assert.Equal(expected with { Hour = 0, Provenance = Provenance.Live }, hours);
    }
}
