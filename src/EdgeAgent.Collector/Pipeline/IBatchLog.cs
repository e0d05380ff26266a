using EdgeAgent.Collector.Buffer;

namespace EdgeAgent.Collector.Pipeline;

/// <summary>The end of the pipeline: a chain of sealed batches on disk.</summary>
internal interface IBatchLog
{
    Guid Incarnation { get; }

    long NextSequence { get; }

    ReadOnlyMemory<byte> LastHash { get; }

    /// <summary>Discards to be declared by the next batch; they stay until a batch that declares them is appended.</summary>
    DiscardedSnapshot TakeDiscarded();

    /// <param name="signed">Read until this returns and not afterwards.</param>
    AppendStatus Append(ReadOnlyMemory<byte> signed, in BatchRecord record);
}
