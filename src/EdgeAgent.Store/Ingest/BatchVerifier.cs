using System.Security.Cryptography;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Agents;

namespace EdgeAgent.Store.Ingest;

/// <summary>Decides whether a received batch may be stored: enrolment, signature, form, place in the chain, definition, consistency.</summary>
/// <remarks>The signature comes before anything that takes memory, so that only an enrolled agent can make the hub decode.</remarks>
internal sealed class BatchVerifier(AgentRegistry registry, ITimeSeriesStore store, DefinitionCache definitions, ChainMemory chains, BatchLimits limits) : IDisposable
{
    private readonly Dictionary<AgentKey, (byte[] PublicKey, ECDsa Key)> _keys = [];
    private bool[] _accounted = [];

    /// <exception cref="StoreUnavailableException">Nothing is known yet; ask again.</exception>
    public async ValueTask<Verdict> VerifyAsync(BatchLease lease, CancellationToken cancellation)
    {
        AgentKey agent = lease.Message.Agent;
        ReadOnlyMemory<byte> signed = lease.Message.Payload;
        Verdict verdict = CheckOrigin(agent, signed.Span);
        if (verdict != Verdict.Accepted)
        {
            return verdict;
        }

        DecodedBatch decoded = lease.Decoded;
        verdict = CheckForm(agent, signed.Span, decoded);
        if (verdict != Verdict.Accepted)
        {
            return verdict;
        }

        verdict = await CheckChainAsync(agent, decoded, cancellation);
        if (verdict != Verdict.Accepted)
        {
            return verdict;
        }

        PlantDefinition? definition = decoded.Definition ?? await definitions.FindAsync(agent, decoded.ConfigHash, cancellation);
        if (definition is null)
        {
            return Verdict.Held(HoldReason.DefinitionUnknown, $"definition {Convert.ToHexStringLower(decoded.ConfigHash.Span[..8])} has not arrived");
        }

        verdict = CheckIds(decoded, definition);
        if (verdict != Verdict.Accepted)
        {
            return verdict;
        }

        if (decoded.Definition is not null)
        {
            definitions.Add(agent, decoded.Definition);
        }

        chains.Remember(agent, decoded.Incarnation, decoded.Sequence, HashKey.Of(decoded.Hash.Span), HashKey.Of(decoded.PreviousHash.Span));
        lease.Batch = new StoredBatch(
            agent, decoded.Incarnation, decoded.Sequence, signed, decoded.Hash, decoded.PreviousHash, decoded.CreatedTicks,
            definition, decoded.Definition, decoded.Readings, decoded.Accounts, decoded.Discarded);
        return Verdict.Accepted;
    }

    public void Dispose()
    {
        foreach ((_, ECDsa key) in _keys.Values)
        {
            key.Dispose();
        }
    }

    private Verdict CheckOrigin(AgentKey agent, ReadOnlySpan<byte> signed)
    {
        EnrolledAgent? enrolled = registry.Find(agent);
        switch (enrolled?.Status)
        {
            case null or EnrolmentStatus.Pending:
                return Verdict.Held(HoldReason.NotEnrolled, "the agent waits for approval");
            case EnrolmentStatus.Revoked:
                return Verdict.Refused(RefusalReason.Revoked, enrolled.Note);
        }

        if (signed.Length > limits.SignedBytesMax)
        {
            return Verdict.Refused(RefusalReason.OverLimit, $"{signed.Length} bytes, and the limit is {limits.SignedBytesMax}");
        }

        if (!BatchReader.TrySplit(signed, out _, out _))
        {
            return Verdict.Refused(RefusalReason.Malformed, "the message is not a signed batch");
        }

        if (BatchReader.Verify(signed, KeyOf(enrolled)))
        {
            return Verdict.Accepted;
        }

        return enrolled.NewKey is { } newKey && IsSignedWith(signed, newKey)
            ? Verdict.Held(HoldReason.KeyNotApproved, $"signed with key {EnrolledAgent.FingerprintOf(newKey)}, which waits for approval")
            : Verdict.Refused(RefusalReason.BadSignature, $"the signature is not that of key {enrolled.Fingerprint}");
    }

    private Verdict CheckForm(AgentKey agent, ReadOnlySpan<byte> signed, DecodedBatch decoded)
    {
        BatchReadStatus status = BatchReader.TryRead(signed, decoded, limits);
        if (status != BatchReadStatus.Ok)
        {
            RefusalReason reason = status switch
            {
                BatchReadStatus.OverLimit => RefusalReason.OverLimit,
                BatchReadStatus.UnknownVersion => RefusalReason.UnknownVersion,
                BatchReadStatus.DefinitionMismatch => RefusalReason.Inconsistent,
                _ => RefusalReason.Malformed,
            };
            return Verdict.Refused(reason, $"the batch cannot be read: {status}", authentic: true);
        }

        return decoded.Site == agent.Site && decoded.Agent == agent.Agent
            ? Verdict.Accepted
            : Verdict.Refused(RefusalReason.WrongTopic, $"the batch is of {decoded.Site}/{decoded.Agent} and came on the topic of {agent.Site}/{agent.Agent}");
    }

    private async ValueTask<Verdict> CheckChainAsync(AgentKey agent, DecodedBatch decoded, CancellationToken cancellation)
    {
        HashKey previous = HashKey.Of(decoded.PreviousHash.Span);
        HashKey? known = decoded.Sequence == 1 ? default(HashKey) : chains.Find(agent, decoded.Incarnation, decoded.Sequence - 1);
        if (known is null && await store.FindBatchHashAsync(agent, decoded.Incarnation, decoded.Sequence - 1, cancellation) is { } stored)
        {
            known = HashKey.Of(stored);
        }

        if (known is { } hash && hash != previous)
        {
            return Verdict.Refused(RefusalReason.BrokenChain, $"sequence {decoded.Sequence} does not name the hash of the batch before it", authentic: true);
        }

        return chains.FindExpected(agent, decoded.Incarnation, decoded.Sequence) is { } expected && expected != HashKey.Of(decoded.Hash.Span)
            ? Verdict.Refused(RefusalReason.BrokenChain, $"the batch after sequence {decoded.Sequence} names another hash", authentic: true)
            : Verdict.Accepted;
    }

    private Verdict CheckIds(DecodedBatch decoded, PlantDefinition definition)
    {
        int devices = definition.Devices.Count;
        if (_accounted.Length < devices)
        {
            _accounted = new bool[devices];
        }

        _accounted.AsSpan().Clear();
        foreach (ScanAccount account in decoded.Accounts)
        {
            if ((uint)account.DeviceId >= (uint)devices)
            {
                return Verdict.Refused(RefusalReason.Inconsistent, $"an account names device {account.DeviceId} of {devices}", authentic: true);
            }

            _accounted[account.DeviceId] = true;
        }

        foreach (ref readonly Reading reading in decoded.Readings.Readings)
        {
            if ((uint)reading.TagId >= (uint)definition.Tags.Count)
            {
                return Verdict.Refused(RefusalReason.Inconsistent, $"a reading names tag {reading.TagId} of {definition.Tags.Count}", authentic: true);
            }

            if (!_accounted[definition.Tags[reading.TagId].DeviceId])
            {
                return Verdict.Refused(RefusalReason.Inconsistent, $"device {definition.Tags[reading.TagId].DeviceId} has readings and no account", authentic: true);
            }
        }

        return Verdict.Accepted;
    }

    private ECDsa KeyOf(EnrolledAgent enrolled)
    {
        if (_keys.TryGetValue(enrolled.Agent, out var known))
        {
            if (known.PublicKey.AsSpan().SequenceEqual(enrolled.PublicKey))
            {
                return known.Key;
            }

            known.Key.Dispose();
        }

        ECDsa key = AgentRegistry.RequireP256(enrolled.PublicKey);
        _keys[enrolled.Agent] = (enrolled.PublicKey, key);
        return key;
    }

    private static bool IsSignedWith(ReadOnlySpan<byte> signed, byte[] publicKey)
    {
        using ECDsa key = AgentRegistry.RequireP256(publicKey);
        return BatchReader.Verify(signed, key);
    }
}
