using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Receiving.Inlets;

/// <summary>A line as a stream, so that whoever reads frames need not know whether they come from a line or from a peer that dialled in.</summary>
internal sealed class LineStream(ILine line) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        line.ReceiveAsync(buffer, Timeout.InfiniteTimeSpan, cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await line.SendAsync(buffer, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
