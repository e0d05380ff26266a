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

    public void Complete(AppendStatus status, Exception? misuse = null)
    {
        Status = status;
        Misuse = misuse;
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
