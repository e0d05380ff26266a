using EdgeAgent.Assessment.Tests.Plant;
using EdgeAgent.Interop.Tests.Influx;
using EdgeAgent.Store.Influx;
using EdgeAgent.TestKit;

namespace EdgeAgent.Interop.Tests.Assessment;

/// <summary>The same forty assets over thirty days in InfluxDB: the same verdicts.</summary>
public sealed class InfluxPlantTests(InfluxFixture fixture) : IClassFixture<InfluxFixture>
{
    [PartnerFact("influxd")]
    public async Task Every_asset_gets_its_verdict_and_its_reasons()
    {
        InfluxServer server = await fixture.StartedAsync();
        SyntheticPlant plant = new();
        await using InfluxStore store = new(server.Options("plant"), plant.Time);
        await plant.StoreAsync(store);
        PlantTruth.Check(plant, await plant.AssessAsync(store));
    }
}
