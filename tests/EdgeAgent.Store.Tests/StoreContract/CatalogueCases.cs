using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Tests.StoreContract;

/// <summary>Definitions, series and last values.</summary>
internal static class CatalogueCases
{
    public static async Task A_definition_is_found_by_its_hash(ContractContext context)
    {
        using var agent = new TestAgent();
        await context.AppendAsync(agent.NextRamp(TestAgent.At(0), 1));
        await context.ReopenAsync();
        PlantDefinition? found = await context.Store.FindDefinitionAsync(agent.Key, TestPlant.Definition.ConfigHash, default);
        Assert.NotNull(found);
        Assert.Equal(TestPlant.Definition.Devices, found.Devices);
        Assert.Equal(TestPlant.Definition.Tags, found.Tags);
        Assert.Equal(TestPlant.Definition.ConfigHash.ToArray(), found.ConfigHash.ToArray());
        Assert.Null(await context.Store.FindDefinitionAsync(agent.Key, new byte[32], default));
        Assert.Null(await context.Store.FindDefinitionAsync(new AgentKey(agent.Key.Site, "other"), TestPlant.Definition.ConfigHash, default));
    }

    public static async Task Series_are_listed_with_their_names_and_units(ContractContext context)
    {
        using var agent = new TestAgent();
        using var elsewhere = new TestAgent("plant 2");
        await context.AppendAsync(agent.NextRamp(TestAgent.At(0), 1), elsewhere.NextRamp(TestAgent.At(0), 1));
        IReadOnlyList<SeriesInfo> series = await context.Store.ListSeriesAsync("plant 1", default);
        Assert.Equal(TestPlant.Definition.Tags.Count, series.Count);
        for (int tag = 0; tag < TestPlant.TagNames.Length; tag++)
        {
            TagDefinition definition = TestPlant.Definition.Tags[tag];
            SeriesInfo info = Assert.Single(series, s => s.Key == agent.Series(tag));
            Assert.Equal((definition.Kind, definition.Unit, definition.IntervalMs, definition.DecimalPlaces), (info.Kind, info.Unit, info.IntervalMs, info.DecimalPlaces));
        }

        Assert.Equal(2 * series.Count, (await context.Store.ListSeriesAsync(null, default)).Count);
    }

    public static async Task The_last_value_is_the_newest_by_source_time(ContractContext context)
    {
        using var agent = new TestAgent();
        var readings = new ReadingBatch();
        readings.Add(Reading.Float64(TestPlant.Speed, Quality.Good, TestAgent.At(5), 5.5));
        readings.Add(Reading.Float64(TestPlant.Speed, Quality.Good, TestAgent.At(4), 4.5));
        readings.AddText(TestPlant.Recipe, Quality.Good, TestAgent.At(1), "奶油, \"42\"\\");
        readings.Add(Reading.Failed(TestPlant.Temperature, Quality.BadTimeout, TestAgent.At(2)));
        await context.AppendAsync(agent.Next(readings, provenance: Provenance.Simulated));
        await context.SettleAsync();
        await context.AppendAsync(agent.Next(Reading.Float64(TestPlant.Speed, Quality.Good, TestAgent.At(3), 3.5), Reading.Int64(TestPlant.Count, Quality.Good, TestAgent.At(3), -7)));
        await AssertLastAsync(context, agent);
        await context.ReopenAsync();
        await AssertLastAsync(context, agent);
        await context.SettleAsync();
        await context.ReopenAsync();
        await AssertLastAsync(context, agent);
        Assert.Empty(await context.Store.ReadLastAsync("elsewhere", default));
    }

    private static async Task AssertLastAsync(ContractContext context, TestAgent agent)
    {
        IReadOnlyList<SeriesPoint> last = await context.Store.ReadLastAsync("plant 1", default);
        Assert.Equal(4, last.Count);
        SeriesPoint speed = Assert.Single(last, p => p.Series == agent.Series(TestPlant.Speed));
        Assert.Equal((TestAgent.At(5), Quality.Good, ValueKind.Float64, 5.5), (speed.SourceTicks, speed.Quality, speed.Value.Kind, BitConverter.UInt64BitsToDouble(speed.Value.Bits)));
        Assert.Equal(Provenance.Simulated, speed.Provenance);
        SeriesPoint recipe = Assert.Single(last, p => p.Series == agent.Series(TestPlant.Recipe));
        Assert.Equal("奶油, \"42\"\\"u8.ToArray(), recipe.Value.Bytes);
        SeriesPoint failed = Assert.Single(last, p => p.Series == agent.Series(TestPlant.Temperature));
        Assert.Equal((Quality.BadTimeout, ValueKind.None), (failed.Quality, failed.Value.Kind));
        SeriesPoint count = Assert.Single(last, p => p.Series == agent.Series(TestPlant.Count));
        Assert.Equal((-7L, Provenance.Live), ((long)count.Value.Bits, count.Provenance));
    }
}
