using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Pipeline;

namespace EdgeAgent.Collector.Agent;

/// <summary>Lets the pipeline write into the buffer.</summary>
internal sealed class BufferBatchLog(BatchBuffer buffer) : IBatchLog
{
    public Guid Incarnation => buffer.Incarnation;

    public long NextSequence => buffer.NextSequence;

    public ReadOnlyMemory<byte> LastHash => buffer.LastHash;

    public DiscardedSnapshot TakeDiscarded() => buffer.TakeDiscarded();

    public AppendStatus Append(ReadOnlyMemory<byte> signed, in BatchRecord record) => buffer.Append(signed, record);
}
