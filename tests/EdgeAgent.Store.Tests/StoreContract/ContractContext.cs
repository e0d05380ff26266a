namespace EdgeAgent.Store.Tests.StoreContract;

/// <summary>A fresh store for one case of the contract, and what the case may do to it.</summary>
internal sealed class ContractContext(Func<Task<ITimeSeriesStore>> open, Func<ITimeSeriesStore, Task> settle) : IAsyncDisposable
{
    public ITimeSeriesStore Store { get; private set; } = null!;

    public async Task<ContractContext> StartAsync()
    {
        Store = await open();
        return this;
    }

    /// <summary>Lets the store do now what it does in the background.</summary>
    public Task SettleAsync() => settle(Store);

    /// <summary>Closes the store and opens it again, as a restarted hub does.</summary>
    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await open();
    }

    public async Task<AppendOutcome[]> AppendAsync(params StoredBatch[] batches) =>
        [.. await Store.AppendAsync(batches, CancellationToken.None)];

    public async ValueTask DisposeAsync() => await Store.DisposeAsync();
}
