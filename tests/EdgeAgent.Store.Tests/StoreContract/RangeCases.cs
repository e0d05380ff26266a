using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Tests.StoreContract;

/// <summary>Ranges give back what was stored, in order, once, and down-sampled where asked.</summary>
internal static class RangeCases
{
    public static async Task Every_kind_comes_back_exactly(ContractContext context)
    {
        using var agent = new TestAgent();
        var readings = new ReadingBatch();
        double[] doubles = [0, -0.0, 1.1, Math.PI, -1e300, 5e-324, double.MaxValue, 1e21, 123456789012345680];
        float[] floats = [0.1f, -3.4028235e38f, 1e-45f, 16777217, 23.5f];
        long[] integers = [0, 1, -1, long.MaxValue, long.MinValue];
        ulong[] unsigned = [0, 1, long.MaxValue, ulong.MaxValue];
        string[] texts = ["", "a b", "逗号,等=", "quote\" and back\\slash", "line\nbreak\ttab", "ends in \\"];
        for (int i = 0; i < doubles.Length; i++)
        {
            readings.Add(Reading.Float64(TestPlant.Speed, Quality.Good, TestAgent.At(i), doubles[i]));
        }

        for (int i = 0; i < floats.Length; i++)
        {
            readings.Add(Reading.Float32(TestPlant.Temperature, Quality.Good, TestAgent.At(i), floats[i]));
        }

        for (int i = 0; i < integers.Length; i++)
        {
            readings.Add(Reading.Int64(TestPlant.Count, Quality.UncertainEngineeringUnitsExceeded, TestAgent.At(i), integers[i]));
        }

        for (int i = 0; i < unsigned.Length; i++)
        {
            readings.Add(Reading.UInt64(TestPlant.Serial, Quality.Good, TestAgent.At(i), unsigned[i]));
        }

        readings.Add(Reading.Boolean(TestPlant.Running, Quality.Good, TestAgent.At(0), true));
        readings.Add(Reading.Boolean(TestPlant.Running, Quality.Good, TestAgent.At(1), false));
        readings.Add(Reading.Failed(TestPlant.Running, Quality.BadDecodingError, TestAgent.At(2)));
        for (int i = 0; i < texts.Length; i++)
        {
            readings.AddText(TestPlant.Recipe, Quality.Good, TestAgent.At(i), texts[i]);
        }

        readings.AddBytes(TestPlant.Frame, Quality.Good, TestAgent.At(0), ValueKind.Bytes, [0, 255, 10, 13, 34]);
        readings.AddBytes(TestPlant.Frame, Quality.Good, TestAgent.At(1), ValueKind.Bytes, []);
        await context.AppendAsync(agent.Next(readings));
        await context.SettleAsync();

        IReadOnlyList<RangePoint> speed = await RangeAsync(context, agent, TestPlant.Speed);
        Assert.Equal(doubles.Select(BitConverter.DoubleToUInt64Bits), speed.Select(p => p.Last.Bits));
        Assert.All(speed, p => Assert.Equal((ValueKind.Float64, 1), (p.Last.Kind, p.Count)));
        IReadOnlyList<RangePoint> temperature = await RangeAsync(context, agent, TestPlant.Temperature);
        Assert.Equal(floats.Select(f => (ulong)BitConverter.SingleToUInt32Bits(f)), temperature.Select(p => p.Last.Bits));
        Assert.All(temperature, p => Assert.Equal(ValueKind.Float32, p.Last.Kind));
        IReadOnlyList<RangePoint> counts = await RangeAsync(context, agent, TestPlant.Count);
        Assert.Equal(integers, counts.Select(p => (long)p.Last.Bits));
        Assert.All(counts, p => Assert.Equal((Quality.UncertainEngineeringUnitsExceeded, true), (p.WorstQuality, double.IsNaN(p.Mean))));
        IReadOnlyList<RangePoint> serials = await RangeAsync(context, agent, TestPlant.Serial);
        Assert.Equal(unsigned, serials.Select(p => p.Last.Bits));
        Assert.All(serials, p => Assert.Equal(ValueKind.UInt64, p.Last.Kind));
        IReadOnlyList<RangePoint> running = await RangeAsync(context, agent, TestPlant.Running);
        Assert.Equal([(ValueKind.Boolean, 1), (ValueKind.Boolean, 0), (ValueKind.None, 0)], running.Select(p => (p.Last.Kind, p.Last.Bits)));
        Assert.Equal(Quality.BadDecodingError, running[2].WorstQuality);
        IReadOnlyList<RangePoint> recipes = await RangeAsync(context, agent, TestPlant.Recipe);
        Assert.Equal(texts, recipes.Select(p => System.Text.Encoding.UTF8.GetString(p.Last.Bytes!)));
        IReadOnlyList<RangePoint> frames = await RangeAsync(context, agent, TestPlant.Frame);
        Assert.Equal([[0, 255, 10, 13, 34], []], frames.Select(p => p.Last.Bytes!));
    }

    public static async Task A_range_includes_its_start_and_not_its_end(ContractContext context)
    {
        using var agent = new TestAgent();
        await context.AppendAsync(agent.NextRamp(TestAgent.At(0), 10));
        await context.SettleAsync();
        IReadOnlyList<RangePoint> points = await context.Store.ReadRangeAsync(agent.Series(TestPlant.Speed), TestAgent.At(2), TestAgent.At(5), 0, default);
        Assert.Equal([TestAgent.At(2), TestAgent.At(3), TestAgent.At(4)], points.Select(p => p.Ticks));
        Assert.Empty(await context.Store.ReadRangeAsync(agent.Series(TestPlant.Speed), TestAgent.At(5), TestAgent.At(5), 0, default));
        Assert.Empty(await context.Store.ReadRangeAsync(agent.Series(TestPlant.Speed) with { Tag = "unknown" }, TestAgent.At(0), TestAgent.At(5), 0, default));
        Assert.Equal(3, (await context.Store.ReadRangeAsync(agent.Series(TestPlant.Speed), TestAgent.At(2), TestAgent.At(5), 3, default)).Count);
    }

    public static async Task Late_and_unordered_readings_come_back_in_order(ContractContext context)
    {
        using var agent = new TestAgent();
        await context.AppendAsync(agent.Next(Reading.Float64(0, Quality.Good, TestAgent.At(30), 30), Reading.Float64(0, Quality.Good, TestAgent.At(10), 10)));
        await context.SettleAsync();
        await context.AppendAsync(agent.Next(Reading.Float64(0, Quality.Good, TestAgent.At(3600 + 20), 3620), Reading.Float64(0, Quality.Good, TestAgent.At(20), 20)));
        await context.SettleAsync();
        await context.AppendAsync(agent.Next(Reading.Float64(0, Quality.Good, TestAgent.At(-7200), -7200), Reading.Float64(0, Quality.Good, TestAgent.At(25), 25)));
        IReadOnlyList<RangePoint> points = await context.Store.ReadRangeAsync(agent.Series(0), TestAgent.At(-10_000), TestAgent.At(10_000), 0, default);
        Assert.Equal([-7200, 10, 20, 25, 30, 3620], points.Select(p => p.Mean));
        Assert.Equal(points.Select(p => p.Ticks).Order(), points.Select(p => p.Ticks));
    }

    public static async Task One_instant_from_two_incarnations_counts_once_and_the_later_stays(ContractContext context)
    {
        using var agent = new TestAgent();
        await context.AppendAsync(agent.NextRamp(TestAgent.At(0), 10));
        await context.SettleAsync();
        agent.Reincarnate();
        await context.AppendAsync(agent.Next(Reading.Float64(0, Quality.Good, TestAgent.At(3), 300), Reading.Float64(0, Quality.Good, TestAgent.At(10), 10)));
        await context.SettleAsync();
        IReadOnlyList<RangePoint> points = await context.Store.ReadRangeAsync(agent.Series(0), TestAgent.At(0), TestAgent.At(100), 0, default);
        Assert.Equal([0, 1, 2, 300, 4, 5, 6, 7, 8, 9, 10], points.Select(p => p.Mean));
        RangePoint sum = Assert.Single(await context.Store.ReadRangeAsync(agent.Series(0), TestAgent.At(0), TestAgent.At(100), 1, default));
        Assert.Equal((11, 0, 300), (sum.Count, sum.Min, sum.Max));
    }

    public static async Task Down_sampling_keeps_counts_extremes_means_and_the_worst_quality(ContractContext context)
    {
        using var agent = new TestAgent();
        // Three hours at one a second, in batches of 1,000, with an exception in the second hour.
        var values = new List<(long Ticks, double Value, Quality Quality)>();
        for (int i = 0; i < 10_800; i++)
        {
            values.Add((TestAgent.At(i), Math.Round(Math.Sin(i / 500.0) * 100, 1), i == 5000 ? Quality.BadTimeout : i == 9000 ? Quality.UncertainLastUsableValue : Quality.Good));
        }

        foreach (var chunk in values.Chunk(1000))
        {
            await context.AppendAsync(agent.Next([.. chunk.Select(v => v.Quality.IsBad ? Reading.Failed(0, v.Quality, v.Ticks) : Reading.Float64(0, v.Quality, v.Ticks, v.Value))]));
        }

        await context.SettleAsync();
        foreach (int pointsMax in new[] { 1, 2, 4, 7, 100, 1000 })
        {
            long from = TestAgent.At(1.5), to = TestAgent.At(10_700);
            IReadOnlyList<RangePoint> points = await context.Store.ReadRangeAsync(agent.Series(0), from, to, pointsMax, default);
            Assert.InRange(points.Count, 1, pointsMax);
            RangeBuckets buckets = RangeBuckets.Cut(from, to, pointsMax);
            var expected = values.Where(v => v.Ticks >= from && v.Ticks < to).GroupBy(v => buckets.StartOf(v.Ticks)).ToList();
            Assert.Equal(expected.Select(g => g.Key), points.Select(p => p.Ticks));
            foreach ((RangePoint point, var group) in points.Zip(expected))
            {
                List<double> good = [.. group.Where(v => v.Quality.IsGood).Select(v => v.Value)];
                Assert.Equal((group.Count(), good.Min(), good.Max()), (point.Count, point.Min, point.Max));
                Assert.Equal(good.Average(), point.Mean, 6);
                Assert.Equal(group.Max(v => v.Quality.Code), point.WorstQuality.Code);
                Assert.Equal(group.Last().Value, BitConverter.UInt64BitsToDouble(point.Last.Bits));
            }
        }
    }

    private static async Task<IReadOnlyList<RangePoint>> RangeAsync(ContractContext context, TestAgent agent, int tag) =>
        await context.Store.ReadRangeAsync(agent.Series(tag), TestAgent.At(-1), TestAgent.At(1000), 0, default);
}
