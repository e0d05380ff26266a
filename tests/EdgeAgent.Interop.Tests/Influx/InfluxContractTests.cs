using EdgeAgent.Store.Influx;
using EdgeAgent.Store.Tests.StoreContract;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Influx;

/// <summary>InfluxDB keeps the same contract as the embedded store.</summary>
public sealed class InfluxContractTests(InfluxFixture fixture) : IClassFixture<InfluxFixture>
{
    public static TheoryData<string> Cases => StoreContractCases.Names;

    [PartnerTheory("influxd")]
    [MemberData(nameof(Cases))]
    public async Task Holds(string name)
    {
        InfluxServer server = await fixture.StartedAsync();
        string database = "contract_" + name;
        await using ContractContext context = await new ContractContext(
            async () =>
            {
                var store = new InfluxStore(server.Options(database), TimeProvider.System);
                await store.InitializeAsync(CancellationToken.None);
                return store;
            },
            _ => Task.CompletedTask).StartAsync();
        await StoreContractCases.RunAsync(name, context);
        var influx = (InfluxStore)context.Store;
        Assert.Equal((0, 0), (influx.RefusedLines, influx.NotRepresentable));
    }
}
