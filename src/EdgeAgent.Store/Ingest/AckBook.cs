using EdgeAgent.Core.Batches;

namespace EdgeAgent.Store.Ingest;

/// <summary>Which chains have something to be told, so that many commits lead to one acknowledgement.</summary>
internal sealed class AckBook
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(AgentKey Agent, Guid Incarnation), List<RefusedBatch>> _due = [];
    private readonly HashSet<(AgentKey, Guid)> _forked = [];
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Something of the chain was committed, or came again.</summary>
    public void Progress(AgentKey agent, Guid incarnation) => Add(agent, incarnation, null);

    public void Refused(AgentKey agent, Guid incarnation, RefusedBatch batch) => Add(agent, incarnation, batch);

    /// <summary>The chain contradicts what is stored: from now on nothing of it is acknowledged, because the agent's batches of these
    /// sequences are not those that are stored, and it would delete them.</summary>
    public void Fork(AgentKey agent, Guid incarnation)
    {
        lock (_gate)
        {
            _forked.Add((agent, incarnation));
        }
    }

    public bool IsForked(AgentKey agent, Guid incarnation)
    {
        lock (_gate)
        {
            return _forked.Contains((agent, incarnation));
        }
    }

    /// <summary>Waits until something is due and takes all of it.</summary>
    public async Task<List<(AgentKey Agent, Guid Incarnation, List<RefusedBatch> Refused)>> TakeAsync(CancellationToken cancellation)
    {
        await _signal.WaitAsync(cancellation);
        lock (_gate)
        {
            var taken = _due.Select(d => (d.Key.Agent, d.Key.Incarnation, d.Value)).ToList();
            _due.Clear();
            return taken;
        }
    }

    /// <summary>Puts back what could not be told.</summary>
    public void GiveBack(AgentKey agent, Guid incarnation, List<RefusedBatch> refused)
    {
        Add(agent, incarnation, null);
        foreach (RefusedBatch batch in refused)
        {
            Add(agent, incarnation, batch);
        }
    }

    private void Add(AgentKey agent, Guid incarnation, RefusedBatch? batch)
    {
        lock (_gate)
        {
            if (!_due.TryGetValue((agent, incarnation), out List<RefusedBatch>? refused))
            {
                refused = [];
                _due.Add((agent, incarnation), refused);
            }

            // What does not fit is refused and told again when the agent sends it again.
            if (batch is { } told && refused.Count < BatchAck.RefusedMax && !refused.Contains(told))
            {
                refused.Add(told);
            }

            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }
}
