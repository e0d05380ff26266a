namespace EdgeAgent.Collector.Tests;

/// <summary>While it lives, what a test's clock sets off runs on the test's thread: without a synchronization context nothing is posted elsewhere.</summary>
internal sealed class ThisThreadOnly : IDisposable
{
    private readonly SynchronizationContext? _before = SynchronizationContext.Current;

    public ThisThreadOnly() => SynchronizationContext.SetSynchronizationContext(null);

    public void Dispose() => SynchronizationContext.SetSynchronizationContext(_before);
}
