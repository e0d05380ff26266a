using System.Text;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Store.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Assessment.Tests.Plant;

/// <summary>Forty assets over thirty days in the embedded store: each comes out with the verdict and the reasons that are true.</summary>
public sealed class SyntheticPlantTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public async Task Every_asset_gets_its_verdict_and_its_reasons()
    {
        SyntheticPlant plant = new();
        await using SqliteTimeSeriesStore store = new(
            new SqliteStoreOptions(_directory) { FullSync = false, Maintenance = false }, plant.Time, NullLogger<SqliteTimeSeriesStore>.Instance);
        await plant.StoreAsync(store);
        AssessmentResult result = await plant.AssessAsync(store);
        PlantTruth.Check(plant, result);

        // Folded into chunks, or from a cache: the same bytes.
        await store.FoldAsync(CancellationToken.None);
        using AccountCache cache = new(store, allowSimulated: false);
        int from = ShanghaiTime.FirstHourOf(new DateOnly(2025, 10, 14));
        int to = ShanghaiTime.FirstHourOf(new DateOnly(2025, 11, 20)) + 1;
        byte[] cached = await await cache.UseAsync(from, to, plant.Time.GetUtcNow(), async accounts => AssessmentResultJson.Write(await plant.AssessAsync(store, accounts)), CancellationToken.None);
        Assert.Equal(Encoding.UTF8.GetString(AssessmentResultJson.Write(result)), Encoding.UTF8.GetString(cached));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
