namespace EdgeAgent.Store.Ingest;

/// <summary>What ingest has done since it started, for metrics and the dashboard. A snapshot.</summary>
/// <param name="Held">Arrivals of batches that were neither stored nor refused, by reason; the agents keep and repeat them.</param>
/// <param name="Unbalanced">Stored batches with an account that does not add up: an agent's fault, to be looked at.</param>
/// <param name="QueuedBytes">Received and not yet checked.</param>
/// <param name="StoreProblem">Why the store does not take batches now, or null when it does.</param>
/// <param name="Connected">Whether there is a connection to the broker.</param>
public sealed record IngestStatistics(
    long Batches,
    long Readings,
    long Duplicates,
    IReadOnlyDictionary<RefusalReason, long> Refused,
    IReadOnlyDictionary<HoldReason, long> Held,
    long Unbalanced,
    long QueuedBytes,
    long Commits,
    string? StoreProblem,
    bool Connected,
    IReadOnlyDictionary<AgentKey, AgentIngestStatistics> Agents);

/// <param name="LagTicks">Age of the newest stored batch at the moment it was stored: now less when the agent sealed it.</param>
/// <param name="LastStoredTicks">When the last batch was stored, by the hub's clock.</param>
/// <param name="Forked">The agent's chain contradicts what is stored; nothing of that incarnation is acknowledged any more.</param>
public sealed record AgentIngestStatistics(long Batches, long Readings, long Duplicates, long Refused, long Held, long LagTicks, long LastStoredTicks, bool Forked)
{
    /// <summary>The least of such ages in the last minute or two: how far the agent's clock is behind, and the shortest way of a batch. Null before the first.</summary>
    public long? LeastDelayTicks { get; init; }
}
