using EdgeAgent.Core.Batches;

namespace EdgeAgent.Store.Ingest;

/// <summary>A received batch with the memory it is decoded into, on its way from the queue to the store and back to the pool.</summary>
internal sealed class BatchLease
{
    public DecodedBatch Decoded { get; } = new();

    public IncomingMessage Message { get; set; }

    public StoredBatch? Batch { get; set; }
}
