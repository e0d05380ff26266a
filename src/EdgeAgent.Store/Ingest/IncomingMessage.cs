using System.Buffers;
using EdgeAgent.Core.Batches;

namespace EdgeAgent.Store.Ingest;

/// <summary>A received message in a rented buffer; whoever takes it out of the queue gives the buffer back.</summary>
internal readonly record struct IncomingMessage(TopicKind Kind, AgentKey Agent, byte[] Buffer, int Length)
{
    public ReadOnlyMemory<byte> Payload => Buffer.AsMemory(0, Length);

    public void Return() => ArrayPool<byte>.Shared.Return(Buffer);
}
