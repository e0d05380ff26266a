using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Pipeline;

namespace EdgeAgent.Collector.Agent;

/// <summary>Lets the pipeline write into the buffer, which may be opened anew between two batches.</summary>
internal sealed class BufferBatchLog(BatchBuffer opened) : IBatchLog
{
    private volatile BatchBuffer _buffer = opened;

    /// <summary>The buffer in use; changed only while the pipeline is paused.</summary>
    public BatchBuffer Buffer
    {
        get => _buffer;
        set => _buffer = value;
    }

    public Guid Incarnation => _buffer.Incarnation;

    public long NextSequence => _buffer.NextSequence;

    public ReadOnlyMemory<byte> LastHash => _buffer.LastHash;

    public DiscardedSnapshot TakeDiscarded() => _buffer.TakeDiscarded();

    public AppendStatus Append(ReadOnlyMemory<byte> signed, in BatchRecord record) => _buffer.Append(signed, record);
}
