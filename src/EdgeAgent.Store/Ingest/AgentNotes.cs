using EdgeAgent.Core.Model;
using EdgeAgent.Store.Agents;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Store.Ingest;

/// <summary>Writes down now and then when agents delivered last and how their clocks stand, for whoever asks from another process.</summary>
internal sealed class AgentNotes(AgentRegistry registry, IngestCounters counters, TimeProvider time)
{
    /// <summary>Often enough to see who fell silent, seldom enough for a flash card.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Dictionary<AgentKey, long> _written = [];

    public async Task RunAsync(CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(Interval, time);
        do
        {
            Write();
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    public void Write()
    {
        foreach ((AgentKey agent, AgentIngestStatistics statistics) in counters.Snapshot(0, false).Agents)
        {
            if (statistics.LastStoredTicks > _written.GetValueOrDefault(agent))
            {
                try
                {
                    registry.Saw(agent, statistics.LastStoredTicks, statistics.LeastDelayTicks is { } delay ? -delay / UnixTicks.PerMillisecond : null);
                    _written[agent] = statistics.LastStoredTicks;
                }
                catch (SqliteException)
                {
                    // The disk may be full; the batches themselves are what matters, and the next turn tries again.
                }
            }
        }
    }
}
