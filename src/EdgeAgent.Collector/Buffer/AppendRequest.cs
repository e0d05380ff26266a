namespace EdgeAgent.Collector.Buffer;

/// <summary>An append on its way to the writer thread; the caller blocks on it, so it may lend its memory.</summary>
internal sealed class AppendRequest : IDisposable
{
    private readonly ManualResetEventSlim _done = new(false, spinCount: 20);

    public ReadOnlyMemory<byte> Signed { get; private set; }

    public BatchRecord Record { get; private set; }

    public AppendStatus Status { get; private set; }

    /// <summary>The caller broke the contract; thrown where it called.</summary>
    public Exception? Misuse { get; private set; }

    public AppendRequest Prepare(ReadOnlyMemory<byte> signed, in BatchRecord record)
    {
        Signed = signed;
        Record = record;
        Misuse = null;
        _done.Reset();
        return this;
    }

    /// <summary>Notes a breach of the contract. The caller goes on waiting until the request is completed: the writer still holds it, and
    /// a caller let go here could lend it to its next append, which would then be told that it is stored before it is.</summary>
    public void Refuse(Exception misuse) => Misuse = misuse;

    /// <summary>Lets the caller go. The writer must not touch the request afterwards.</summary>
    public void Complete(AppendStatus status)
    {
        Status = status;
        _done.Set();
    }

    public void Wait() => _done.Wait();

    public void Forget()
    {
        Signed = default;
        Record = default;
    }

    public void Dispose() => _done.Dispose();
}
