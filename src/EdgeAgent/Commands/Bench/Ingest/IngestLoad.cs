using EdgeAgent.Collector.Buffer;
using EdgeAgent.Commands.Bench.Buffer;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands.Bench.Ingest;

/// <summary>Batches as ingest hands them to a store: sealed by an agent of 10,000 tags at 1 s that flushes every 250 ms, then decoded.</summary>
internal sealed class IngestLoad
{
    /// <summary>Batches in one commit, as ingest groups them when they come in quickly.</summary>
    public const int GroupBatches = 16;

    private IngestLoad(List<StoredBatch[]> groups, long readings) => (Groups, Readings) = (groups, readings);

    public IReadOnlyList<StoredBatch[]> Groups { get; }

    public long Readings { get; }

    public static async Task<IngestLoad> PrepareAsync(BenchContext context, int batches)
    {
        using var chain = new OutageChain(tags: 10_000, periodMs: 1000, batchMs: 250, context.Time);
        await using BatchBuffer buffer = BatchBuffer.Open(
            new BufferOptions { Directory = Path.Combine(context.Directory, "chain"), Cursors = ["hub"] }, context.Time, NullLogger.Instance);
        var all = new List<StoredBatch>(batches);
        for (int i = 0; i < batches; i++)
        {
            SealedBatch sealedBatch = chain.Seal(buffer, out BatchRecord record);
            byte[] signed = sealedBatch.Signed.ToArray();
            buffer.Append(signed, record);
            var decoded = new DecodedBatch();
            if (BatchReader.TryRead(signed, decoded, BatchLimits.Default) != BatchReadStatus.Ok)
            {
                throw CommandFailure.Failed("A batch of the load cannot be read.");
            }

            all.Add(new StoredBatch(
                new AgentKey(decoded.Site, decoded.Agent), decoded.Incarnation, decoded.Sequence, signed, decoded.Hash, decoded.PreviousHash, decoded.CreatedTicks,
                decoded.Definition ?? chain.Definition, decoded.Definition, decoded.Readings, AsOfAPlant(decoded.Accounts), decoded.Discarded));
        }

        return new IngestLoad([.. all.Chunk(GroupBatches)], all.Sum(b => (long)b.Readings.Count));
    }

    /// <remarks>A store marks each reading of a simulator, and a plant's readings have no mark.</remarks>
    private static ScanAccount[] AsOfAPlant(IReadOnlyList<ScanAccount> accounts) => [.. accounts.Select(account => account with { Provenance = Provenance.Live })];

    /// <summary>Appends everything once, and checks that the store has it.</summary>
    /// <returns>Seconds that it took.</returns>
    public async Task<double> AppendAsync(ITimeSeriesStore store, BenchContext context)
    {
        await store.InitializeAsync(context.Cancellation);
        long start = context.Time.GetTimestamp();
        foreach (StoredBatch[] group in Groups)
        {
            await store.AppendAsync(group, context.Cancellation);
        }

        double seconds = context.Time.GetElapsedTime(start).TotalSeconds;
        StoreTotals totals = await store.ReadTotalsAsync(null, context.Cancellation);
        return totals.Readings == Readings ? seconds : throw CommandFailure.Failed($"{Readings} readings went in, the store has {totals.Readings}.");
    }
}
