namespace EdgeAgent.Store.Ingest;

/// <summary>The hashes of recently accepted batches, so that the next of a chain is checked without asking the store.</summary>
/// <remarks>Used by the checking stage and, for what the store refused, by the committing one.</remarks>
internal sealed class ChainMemory
{
    /// <summary>Batches remembered of one chain: more than an agent has under way.</summary>
    private const int Depth = 256;

    /// <summary>Chains remembered; the ones unused longest make room. 20 KB each.</summary>
    private const int ChainsMax = 512;

    private readonly Lock _gate = new();
    private readonly Dictionary<(AgentKey, Guid), Chain> _chains = [];
    private long _use;

    public HashKey? Find(AgentKey agent, Guid incarnation, long sequence)
    {
        lock (_gate)
        {
            return _chains.TryGetValue((agent, incarnation), out Chain? chain) && chain.At(sequence) is { } link ? link.Hash : null;
        }
    }

    /// <summary>What the batch after <paramref name="sequence"/> says its predecessor's hash is.</summary>
    public HashKey? FindExpected(AgentKey agent, Guid incarnation, long sequence)
    {
        lock (_gate)
        {
            return _chains.TryGetValue((agent, incarnation), out Chain? chain) && chain.At(sequence + 1) is { } link ? link.PreviousHash : null;
        }
    }

    public void Remember(AgentKey agent, Guid incarnation, long sequence, HashKey hash, HashKey previousHash)
    {
        lock (_gate)
        {
            if (!_chains.TryGetValue((agent, incarnation), out Chain? chain))
            {
                MakeRoom();
                chain = new Chain();
                _chains.Add((agent, incarnation), chain);
            }

            chain.LastUse = ++_use;
            chain.Links[sequence % Depth] = new Link(sequence, hash, previousHash);
        }
    }

    /// <summary>Forgets a chain of which the store said something else.</summary>
    public void Forget(AgentKey agent, Guid incarnation)
    {
        lock (_gate)
        {
            _chains.Remove((agent, incarnation));
        }
    }

    private void MakeRoom()
    {
        if (_chains.Count >= ChainsMax)
        {
            _chains.Remove(_chains.MinBy(c => c.Value.LastUse).Key);
        }
    }

    private readonly record struct Link(long Sequence, HashKey Hash, HashKey PreviousHash);

    private sealed class Chain
    {
        public readonly Link[] Links = new Link[Depth];
        public long LastUse;

        public Link? At(long sequence) => sequence > 0 && Links[sequence % Depth].Sequence == sequence ? Links[sequence % Depth] : null;
    }
}
