using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.EndToEnd.Tests.Harness;

/// <summary>What the embedded store holds after everything has stopped, and whether the books balance.</summary>
internal sealed class Books
{
    private Books(
        StoreTotals totals, IReadOnlyList<DeviceHour> hours, IReadOnlyList<DiscardRecord> discards,
        IReadOnlyDictionary<Guid, SequenceRecord> sequences, IReadOnlyDictionary<SeriesKey, RangePoint[]> counters)
    {
        Hours = hours;
        Discards = discards;
        Totals = totals;
        Sequences = sequences;
        Counters = counters;
    }

    public StoreTotals Totals { get; }

    public IReadOnlyList<DeviceHour> Hours { get; }

    /// <summary>What the agent declared as given up, as often as it did.</summary>
    public IReadOnlyList<DiscardRecord> Discards { get; }

    /// <summary>By incarnation of the agent's buffer.</summary>
    public IReadOnlyDictionary<Guid, SequenceRecord> Sequences { get; }

    /// <summary>Every stored reading of the tags named 'reads', ascending in time.</summary>
    public IReadOnlyDictionary<SeriesKey, RangePoint[]> Counters { get; }

    public static async Task<Books> OpenAsync(Plant plant)
    {
        var options = new SqliteStoreOptions(Path.Combine(plant.HubDirectory, "store")) { ReadOnly = true, Maintenance = false };
        await using var store = new SqliteTimeSeriesStore(options, TimeProvider.System, NullLogger<SqliteTimeSeriesStore>.Instance);
        await store.InitializeAsync(default);
        return await ReadAsync(store);
    }

    public static async Task<Books> ReadAsync(ITimeSeriesStore store)
    {
        var agent = new AgentKey(Plant.Site, Plant.AgentId);
        var sequences = new Dictionary<Guid, SequenceRecord>();
        foreach (Guid incarnation in await store.ListIncarnationsAsync(agent, default))
        {
            sequences[incarnation] = await store.ReadSequencesAsync(agent, incarnation, default);
        }

        var counters = new Dictionary<SeriesKey, RangePoint[]>();
        foreach (SeriesInfo series in await store.ListSeriesAsync(Plant.Site, default))
        {
            if (series.Key.Tag == "reads")
            {
                IReadOnlyList<RangePoint> points = await store.ReadRangeAsync(series.Key, 0, long.MaxValue / 2, 0, default);
                counters[series.Key] = [.. points];
            }
        }

        return new Books(
            await store.ReadTotalsAsync(agent, default), await store.ReadDeviceHoursAsync(Plant.Site, 0, int.MaxValue / 2, default),
            await store.ListDiscardsAsync(agent, default), sequences, counters);
    }

    /// <summary>The conservation law, from due to stored, over the whole life of the plant's data.</summary>
    /// <param name="due">What the agent's own counts say was due, when the test knows it.</param>
    /// <param name="mayDiscard">Whether the buffer may have given batches up.</param>
    public void AssertBalanced(long? due = null, bool mayDiscard = false)
    {
        ScanAccount a = Totals.Accounts;
        Assert.True(a.Balances, $"the accounts do not balance: {a}");
        Assert.True(a.Buffered == Totals.Readings, $"{a.Buffered} buffered, but {Totals.Readings} stored");
        Assert.True(a.Due == (due ?? a.Due), $"the agent counted {due} due, the hub {a.Due}: {Totals}");
        Assert.True(mayDiscard || Totals.DiscardedReadings == 0, $"{Totals.DiscardedReadings} readings were discarded");
        Assert.True(a.Missed >= Totals.DiscardedReadings, $"{Totals.DiscardedReadings} readings were discarded, but only {a.Missed} count as missed");
        ScanAccount hours = Hours.Aggregate(default(ScanAccount), (sum, hour) => sum.Plus(hour.Account));
        Assert.Equal(a with { Hour = 0, Provenance = Provenance.Live }, hours);
        Assert.All(Hours, hour => Assert.True(hour.Account.Balances, $"{hour}"));
        // Each sequence is stored or declared.
        foreach ((Guid incarnation, SequenceRecord record) in Sequences)
        {
            Assert.True(record.Above.Count == 0, $"incarnation {incarnation} has gaps above {record.Contiguous}: {string.Join(", ", record.Above)}");
        }
    }

    /// <summary>Readings that were due in batches that the buffer gave up, as declared; some of those batches may be stored all the same.</summary>
    public long DeclaredDue => Discards
        .Where(d => !Discards.Any(wider => wider != d && wider.Incarnation == d.Incarnation
            && wider.Range.FirstSequence <= d.Range.FirstSequence && d.Range.LastSequence <= wider.Range.LastSequence
            && (wider.DeclaredIn > d.DeclaredIn || wider.Range.LastSequence - wider.Range.FirstSequence > d.Range.LastSequence - d.Range.FirstSequence)))
        .Sum(d => d.Range.Accounts.Sum(account => account.Due));

    /// <summary>Every answered read is stored once: the counters run 1, 2, 3 ... but for reads that the accounts call bad or missed.</summary>
    /// <param name="lostMax">Most reads for each unit that may have been answered without being stored.</param>
    /// <returns>How many were.</returns>
    public long AssertCountersComplete(long lostMax)
    {
        long lost = 0;
        foreach ((SeriesKey series, RangePoint[] points) in Counters)
        {
            ulong[] values = [.. points.Where(p => p.WorstQuality.IsGood).Select(p => p.Last.Bits)];
            Assert.NotEmpty(values);
            for (int i = 1; i < values.Length; i++)
            {
                Assert.True(values[i] > values[i - 1], $"{series}: {values[i]} came after {values[i - 1]}: stored twice or out of order");
            }

            long gaps = (long)(values[^1] - values[0]) + 1 - values.Length;
            Assert.True(gaps <= lostMax, $"{series}: {gaps} answered reads are not stored, {lostMax} may be");
            lost += gaps;
        }

        return lost;
    }
}
