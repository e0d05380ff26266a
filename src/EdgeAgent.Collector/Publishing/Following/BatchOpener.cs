using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Publishing.Following;

/// <summary>Reads batches of the buffer back into readings with their names.</summary>
internal sealed class BatchOpener(BatchBuffer buffer, DefinitionShelf shelf)
{
    private readonly byte[] _namedBy = new byte[BatchFormat.HashBytes];

    /// <summary>The last batch opened.</summary>
    public DecodedBatch Batch { get; } = new();

    /// <summary>What its ids stand for.</summary>
    public PlantDefinition? Definition { get; private set; }

    /// <summary>Opens a batch.</summary>
    /// <returns>What is wrong with it, for people; null when it can be used. A damaged one is given up in the buffer.</returns>
    public string? Open(BufferBlock block, in BufferedBatch batch)
    {
        ReadOnlySpan<byte> signed = block.Signed(batch).Span;
        BatchReadStatus status = BatchReader.TryRead(signed, Batch, BatchLimits.Default);
        if (status == BatchReadStatus.Malformed || !Batch.Hash.Span.SequenceEqual(block.Hash(batch).Span))
        {
            buffer.DiscardDamaged(buffer.Incarnation, batch.Sequence);
            return $"batch {batch.Sequence} with {batch.Readings} readings was damaged on disk; it is given up and declared as lost";
        }

        if (status != BatchReadStatus.Ok)
        {
            return $"batch {batch.Sequence} with {batch.Readings} readings cannot be read ({status}); it is passed over";
        }

        if (Batch.Definition is { } brought)
        {
            shelf.Keep(brought);
        }

        if (Definition is null || !_namedBy.AsSpan().SequenceEqual(Batch.ConfigHash.Span))
        {
            Definition = shelf.Find(Batch.ConfigHash.Span);
            Batch.ConfigHash.Span.CopyTo(_namedBy);
        }

        return Definition is null && Batch.Readings.Count > 0
            ? $"batch {batch.Sequence} with {batch.Readings} readings names a definition that is nowhere to be found; it is passed over"
            : null;
    }
}
