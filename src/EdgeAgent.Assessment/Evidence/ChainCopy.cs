using System.Buffers.Binary;
using EdgeAgent.Assessment.Evidence.Chains;
using EdgeAgent.Assessment.Evidence.Container;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Copies the signed batches that cover a window from the store into a pack, byte by byte.</summary>
internal sealed class ChainCopy(ITimeSeriesStore store, PackWriter pack, int fromHour)
{
    /// <summary>A gateway's clock may have been set back by so much between a reading and the end of its batch.</summary>
    private const long MarginTicks = UnixTicks.PerHour;

    private readonly DecodedBatch _batch = new();

    public List<PackChain> Chains { get; } = [];

    public List<BilingualText> Warnings { get; } = [];

    /// <summary>Hashes of the definitions that the copied batches name, by agent.</summary>
    public HashSet<(AgentKey Agent, string Hash)> Definitions { get; } = [];

    public async Task CopyAsync(AgentKey agent, Guid incarnation, CancellationToken cancellation)
    {
        SequenceRecord sequences = await store.ReadSequencesAsync(agent, incarnation, cancellation).ConfigureAwait(false);
        if (sequences.Above.Count > 0)
        {
            Warnings.Add(new BilingualText(
                $"{agent.Agent} {incarnation:N}：{sequences.Contiguous} 之后的批次尚有缺口未由采集端了结，未收入包内。",
                $"{agent.Agent} {incarnation:N}: batches above {sequences.Contiguous} are stored with gaps that the agent has not settled yet; they are left out."));
        }

        long first = await FindStartAsync(agent, incarnation, sequences.Contiguous, cancellation).ConfigureAwait(false);
        long firstWritten = 0, last = 0, count = 0, fileBytes = 0;
        string lastHash = "";
        bool open = false;
        for (long sequence = first; sequence <= sequences.Contiguous; sequence++)
        {
            if (await store.ReadBatchAsync(agent, incarnation, sequence, cancellation).ConfigureAwait(false) is not { } signed)
            {
                await RequireDiscardedAsync(agent, incarnation, sequence, cancellation).ConfigureAwait(false);
                sequence = await NextStoredAsync(agent, incarnation, sequence + 1, sequences.Contiguous, cancellation).ConfigureAwait(false) - 1;
                continue;
            }

            if (BatchReader.TryReadHeader(signed, _batch, BatchLimits.Default) != BatchReadStatus.Ok)
            {
                throw new PackExportException($"The store's copy of batch {sequence} of {agent.Agent} {incarnation:N} cannot be read; `edgeagent check` says whether the store is damaged.");
            }

            if (open && fileBytes + signed.Length > BatchRecords.FileBytesMax)
            {
                pack.End();
                open = false;
            }

            if (!open)
            {
                pack.Begin(PackLayout.Batches(agent, incarnation, sequence));
                open = true;
                fileBytes = 0;
            }

            WriteRecord(signed);
            fileBytes += signed.Length + BatchRecords.LengthBytes;
            Definitions.Add((agent, Convert.ToHexStringLower(_batch.ConfigHash.Span)));
            firstWritten = count == 0 ? sequence : firstWritten;
            last = sequence;
            lastHash = Convert.ToHexStringLower(_batch.Hash.Span);
            count++;
        }

        if (open)
        {
            pack.End();
            Chains.Add(new PackChain(agent.Agent, incarnation.ToString("N"), firstWritten, last, count, lastHash));
        }
    }

    private void WriteRecord(byte[] signed)
    {
        Span<byte> length = stackalloc byte[BatchRecords.LengthBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)signed.Length);
        pack.Write(length);
        pack.Write(signed);
    }

    /// <summary>The last batch before the window; batches are made in the order of time, so halving finds it.</summary>
    private async Task<long> FindStartAsync(AgentKey agent, Guid incarnation, long contiguous, CancellationToken cancellation)
    {
        long fromTicks = (fromHour * UnixTicks.PerHour) - MarginTicks;
        long low = 1, high = contiguous + 1;
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            (long sequence, long created) = await CreatedAtOrAfterAsync(agent, incarnation, middle, high, cancellation).ConfigureAwait(false);
            if (created < fromTicks)
            {
                low = sequence + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The first batch from the sequence on that is there, and when it was made; what is not there counts as late.</summary>
    private async Task<(long Sequence, long Created)> CreatedAtOrAfterAsync(AgentKey agent, Guid incarnation, long from, long to, CancellationToken cancellation)
    {
        for (long sequence = from; sequence < to; sequence++)
        {
            if (await store.ReadBatchAsync(agent, incarnation, sequence, cancellation).ConfigureAwait(false) is { } signed
                && BatchReader.TryReadHeader(signed, _batch, BatchLimits.Default) == BatchReadStatus.Ok)
            {
                return (sequence, _batch.CreatedTicks);
            }

            sequence = await NextStoredAsync(agent, incarnation, sequence + 1, to - 1, cancellation).ConfigureAwait(false) - 1;
        }

        return (to, long.MaxValue);
    }

    /// <summary>The first sequence from there on of which the store knows a batch; beyond the last when there is none. A restored agent
    /// skips millions of numbers, which are not asked for one by one.</summary>
    private async Task<long> NextStoredAsync(AgentKey agent, Guid incarnation, long from, long last, CancellationToken cancellation)
    {
        // Of each stretch the store gives the first batch, so the least of a few is the first of all.
        IReadOnlyList<BatchTimes> firsts = from > last ? [] : await store.ReadBatchTimesAsync(agent, incarnation, from, last, 2, cancellation).ConfigureAwait(false);
        return firsts.Count == 0 ? last + 1 : Math.Max(from, firsts.Min(batch => batch.Sequence));
    }

    /// <summary>A batch may be missing because the agent gave it up, not because the store's retention deleted it.</summary>
    private async Task RequireDiscardedAsync(AgentKey agent, Guid incarnation, long sequence, CancellationToken cancellation)
    {
        if (await store.FindBatchHashAsync(agent, incarnation, sequence, cancellation).ConfigureAwait(false) is not null)
        {
            throw new PackExportException(
                $"Batch {sequence} of {agent.Agent} {incarnation:N} is older than what the store keeps, so the window cannot be proved any more; take a later instant, or keep raw readings for longer (hub.retentionMonths).");
        }
    }
}
