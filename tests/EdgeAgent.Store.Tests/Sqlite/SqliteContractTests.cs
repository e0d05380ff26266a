using EdgeAgent.Store.Sqlite;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Store.Tests.Sqlite;

/// <summary>The embedded store keeps the contract, with readings in batches as received and with readings folded into chunks.</summary>
public sealed class SqliteContractTests
{
    public static TheoryData<string> Cases => StoreContractCases.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Holds_with_batches_as_received(string name) => RunAsync(name, folded: false);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Holds_with_folded_chunks(string name) => RunAsync(name, folded: true);

    private static async Task RunAsync(string name, bool folded)
    {
        using var directory = new TempDirectory();
        await using ContractContext context = await new ContractContext(
            async () =>
            {
                var store = new SqliteTimeSeriesStore(
                    new SqliteStoreOptions(directory.Path) { Maintenance = false }, new FakeTimeProvider(), NullLogger<SqliteTimeSeriesStore>.Instance);
                await store.InitializeAsync(CancellationToken.None);
                return store;
            },
            store => folded ? ((SqliteTimeSeriesStore)store).FoldAsync(CancellationToken.None) : Task.CompletedTask).StartAsync();
        await StoreContractCases.RunAsync(name, context);
    }
}
