using EdgeAgent.Core.Model;
using EdgeAgent.Store.Agents;
using EdgeAgent.Store.Ingest;
using EdgeAgent.Web;

namespace EdgeAgent.Hosting;

/// <summary>What a hub knows of its agents: what they say of themselves, and what ingest has seen since it was written down last.</summary>
internal static class HubFleet
{
    /// <param name="statistics">Null before ingest runs.</param>
    public static IReadOnlyList<FleetAgentView> Read(AgentRegistry registry, IngestStatistics? statistics) =>
        [.. registry.List().Select(agent => ViewOf(agent, statistics?.Agents.GetValueOrDefault(agent.Agent)))];

    private static FleetAgentView ViewOf(EnrolledAgent agent, AgentIngestStatistics? live) => new(
        agent.Agent.Site,
        agent.Agent.Agent,
        agent.Status.ToString().ToLowerInvariant(),
        agent.Note,
        agent.Fingerprint,
        agent.NewKey is { } shown ? EnrolledAgent.FingerprintOf(shown) : null,
        agent.Version,
        agent.ConfigHash,
        live?.LeastDelayTicks is { } delay ? -delay / UnixTicks.PerMillisecond : agent.ClockOffsetMs,
        UnixTicks.ToDateTimeOffset(Math.Max(agent.LastSeenTicks, live?.LastStoredTicks ?? 0)),
        live?.Forked ?? false);
}
