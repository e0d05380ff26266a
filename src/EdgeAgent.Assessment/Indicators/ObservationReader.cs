using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Reads from the store what an assessment needs.</summary>
internal static class ObservationReader
{
    /// <summary>Clocks of gateways may differ by so much from the hub's before it is called skew.</summary>
    private const long SkewTicksMax = 5 * TimeSpan.TicksPerMinute;

    /// <summary>How far ahead to look for accounts of clocks that run ahead.</summary>
    private const int AheadHours = 24 * 400;

    /// <summary>Batches of a chain whose times are looked at: the whole chain in so many steps, and as many of the newest.</summary>
    private const int TimeSamples = 256;

    /// <summary>The hour in which the assessment is made, and the first one that no right clock can have reached.</summary>
    public static (int Now, int FirstAhead) Ahead(DateTimeOffset now) =>
        (UnixTicks.HourOf(UnixTicks.From(now)), UnixTicks.HourOf(UnixTicks.From(now) + SkewTicksMax) + 1);

    /// <summary>Reads the accounts of [fromHour, toHour) and notes who is ahead of the clock.</summary>
    /// <param name="now">When the assessment is made.</param>
    public static async Task<AccountHistory> ReadAccountsAsync(
        ITimeSeriesStore store, string? site, int fromHour, int toHour, bool allowSimulated, DateTimeOffset now, CancellationToken cancellation)
    {
        AccountHistory history = new(allowSimulated);
        await store.VisitDeviceHoursAsync(
            site, fromHour, Math.Min(toHour, Ahead(now).FirstAhead), (DeviceSource source, in ScanAccount account) => history.Add(source, account), cancellation).ConfigureAwait(false);
        history.EndOfRead();
        await ReadAheadAsync(store, site, history, now, cancellation).ConfigureAwait(false);
        return history;
    }

    public static async Task ReadAheadAsync(ITimeSeriesStore store, string? site, AccountHistory history, DateTimeOffset now, CancellationToken cancellation)
    {
        int firstAhead = Ahead(now).FirstAhead;
        await store.VisitDeviceHoursAsync(
            site, firstAhead, firstAhead + AheadHours, (DeviceSource source, in ScanAccount _) => history.AddAhead(source), cancellation).ConfigureAwait(false);
    }

    /// <summary>The chains of a site's agents, with samples of their times.</summary>
    public static async Task<IReadOnlyList<AgentChain>> ReadChainsAsync(ITimeSeriesStore store, string? site, CancellationToken cancellation)
    {
        List<AgentChain> chains = [];
        foreach (AgentKey agent in (await store.ListAgentsAsync(cancellation).ConfigureAwait(false)).Where(a => site is null || a.Site == site))
        {
            IReadOnlyList<DiscardRecord> discards = await store.ListDiscardsAsync(agent, cancellation).ConfigureAwait(false);
            foreach (Guid incarnation in await store.ListIncarnationsAsync(agent, cancellation).ConfigureAwait(false))
            {
                SequenceRecord sequences = await store.ReadSequencesAsync(agent, incarnation, cancellation).ConfigureAwait(false);
                long last = sequences.Above.Count > 0 ? sequences.Above[^1].Last : sequences.Contiguous;
                IReadOnlyList<BatchTimes> newest = last < 1 ? []
                    : await store.ReadBatchTimesAsync(agent, incarnation, Math.Max(1, last - TimeSamples + 2), last, TimeSamples, cancellation).ConfigureAwait(false);
                IReadOnlyList<BatchTimes> spread = last <= TimeSamples ? []
                    : await store.ReadBatchTimesAsync(agent, incarnation, 1, last - TimeSamples, TimeSamples, cancellation).ConfigureAwait(false);
                chains.Add(new AgentChain(agent, incarnation, sequences, [.. spread, .. newest], [.. discards.Where(d => d.Incarnation == incarnation)]));
            }
        }

        return chains;
    }
}
