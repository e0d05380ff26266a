namespace EdgeAgent.Core.Spreadsheets;

/// <summary>Ends with an error when a part unpacks to more than it may: a file of some kilobytes can unpack to gigabytes.</summary>
internal sealed class LimitedStream(Stream inner, UnpackBudget budget) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => budget.Take(inner.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => budget.Take(inner.Read(buffer));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>How many more bytes may come out of a package, all its parts together.</summary>
internal sealed class UnpackBudget(long bytesMax)
{
    private long _taken;

    public int Take(int count)
    {
        _taken += count;
        return _taken <= bytesMax ? count : throw new WorkbookException("it unpacks to more than a ledger can have", $"at most {bytesMax / 1024 / 1024} MiB unpacked");
    }
}
