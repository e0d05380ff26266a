namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>Where a client's connections come from.</summary>
internal abstract class LinkSource : IAsyncDisposable
{
    /// <summary>What did not happen when the time for it is over.</summary>
    public abstract string TimeoutText { get; }

    public abstract Task<ModbusLink> OpenAsync(CancellationToken cancellation);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
