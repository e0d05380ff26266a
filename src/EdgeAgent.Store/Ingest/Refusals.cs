using System.Numerics;
using EdgeAgent.Core.Batches;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Store.Ingest;

/// <summary>What happens to a batch that is not stored: counted, logged, kept aside when refused, and told to the agent when it is really its.</summary>
internal sealed partial class Refusals(AckBook acks, IngestCounters counters, RefusedFolder folder, ILogger log)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(AgentKey, Enum), long> _times = [];

    public void Refuse(BatchLease lease, Verdict verdict)
    {
        AgentKey agent = lease.Message.Agent;
        RefusalReason reason = verdict.Refusal!.Value;
        counters.Refused(agent, reason);
        lock (_gate)
        {
            folder.Keep(agent, reason, verdict.Detail, lease.Message.Payload.Span);
        }

        if (verdict.Authentic && lease.Decoded.Sequence > 0)
        {
            DecodedBatch decoded = lease.Decoded;
            if (reason is RefusalReason.Conflict or RefusalReason.BrokenChain)
            {
                acks.Fork(agent, decoded.Incarnation);
                counters.Forked(agent);
            }

            acks.Refused(agent, decoded.Incarnation, new RefusedBatch(decoded.Sequence, verdict.Detail));
        }

        if (IsWorthALine(agent, reason, out long times))
        {
            LogRefused(log, agent.Site, agent.Agent, reason, verdict.Detail, times);
        }
    }

    public void Hold(AgentKey agent, Verdict verdict)
    {
        HoldReason reason = verdict.Hold!.Value;
        counters.Held(agent, reason);
        if (IsWorthALine(agent, reason, out long times))
        {
            LogHeld(log, agent.Site, agent.Agent, verdict.Detail, times);
        }
    }

    /// <summary>The 1st, 2nd, 4th, 8th … time: a flood of bad batches must not become a flood of log lines.</summary>
    private bool IsWorthALine(AgentKey agent, Enum reason, out long times)
    {
        lock (_gate)
        {
            if (_times.Count > 10_000)
            {
                _times.Clear();
            }

            times = _times[(agent, reason)] = _times.GetValueOrDefault((agent, reason)) + 1;
            return BitOperations.IsPow2(times);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Batch of {Site}/{Agent} refused ({Reason}): {Detail}. Refused for this reason so far: {Times}")]
    private static partial void LogRefused(ILogger log, string site, string agent, RefusalReason reason, string detail, long times);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch of {Site}/{Agent} not taken yet: {Detail}. So far: {Times}")]
    private static partial void LogHeld(ILogger log, string site, string agent, string detail, long times);
}
