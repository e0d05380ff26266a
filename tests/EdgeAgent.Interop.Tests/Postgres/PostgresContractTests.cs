using EdgeAgent.Store.Postgres;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Postgres;

/// <summary>PostgreSQL keeps the same contract as the other stores.</summary>
public sealed class PostgresContractTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    public static TheoryData<string> Cases => StoreContractCases.Names;

    [PartnerTheory("postgres")]
    [MemberData(nameof(Cases))]
    public async Task Holds(string name)
    {
        PostgresServer server = await fixture.StartedAsync();
        PostgresOptions options = server.Options("postgres") with { Schema = "contract_" + name.ToLowerInvariant()[..Math.Min(name.Length, 50)] };
        await using ContractContext context = await new ContractContext(
            async () =>
            {
                var store = new PostgresStore(options, TimeProvider.System);
                await store.InitializeAsync(CancellationToken.None);
                return store;
            },
            _ => Task.CompletedTask).StartAsync();
        await StoreContractCases.RunAsync(name, context);
    }
}
