using EdgeAgent.Hosting;
using EdgeAgent.Store;
using EdgeAgent.Store.Sqlite;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Hosting;

public sealed class HubStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();

    /// <summary>A hub answers questions while it opens its store: half of the tables, or no file, is no fault of who asks.</summary>
    [Fact]
    public async Task Whoever_asks_before_the_store_is_open_is_told_so()
    {
        await using HubStore store = new(Sqlite(), _time);

        StoreUnavailableException away = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.ReadLastAsync(null, default));
        Assert.Contains("being opened", away.Message, StringComparison.Ordinal);
        Assert.False(store.Opened.IsCompleted);

        await store.InitializeAsync(default);
        await store.Opened;
        Assert.Empty(await store.ReadLastAsync(null, default));
    }

    [Fact]
    public async Task Whoever_asks_a_store_that_could_not_be_opened_is_told_why()
    {
        await using SqliteTimeSeriesStore other = Sqlite();
        await other.InitializeAsync(default);
        await using HubStore store = new(Sqlite(), _time);

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.InitializeAsync(default));

        StoreUnavailableException away = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.ReadTotalsAsync(null, default));
        Assert.Contains("Another process", away.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private SqliteTimeSeriesStore Sqlite() =>
        new(new SqliteStoreOptions(_directory.Path) { Maintenance = false }, _time, NullLogger<SqliteTimeSeriesStore>.Instance);
}
