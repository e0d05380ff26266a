using EdgeAgent.Assessment.Findings;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Tests.Findings;

/// <summary>Two courses are the same only if that cannot be chance.</summary>
public sealed class IdenticalSeriesTests
{
    [Fact]
    public void One_machine_read_twice_is_found_although_samples_differ_a_little()
    {
        SeriesPair pair = Assert.Single(IdenticalSeries.Find([Walk("a", seed: 1), Walk("b", seed: 1, noise: 0.05), Walk("c", seed: 2)]));
        Assert.Equal(["a", "b"], new[] { pair.A.Device, pair.B.Device }.Order());
        Assert.InRange(pair.AgreeingHours, 160, pair.CommonHours);
    }

    [Fact]
    public void Different_machines_of_one_kind_are_not_the_same() =>
        Assert.Empty(IdenticalSeries.Find([.. Enumerable.Range(0, 40).Select(i => Walk($"d{i}", seed: i))]));

    [Fact]
    public void Cycles_set_points_and_short_stretches_say_nothing()
    {
        SeriesProfile Cycle(string device) => Of(device, hour => (0, 100, 50));
        SeriesProfile Constant(string device) => Of(device, _ => (200, 200, 200));
        SeriesProfile Short(string device) => Of(device, hour => (hour, hour + 5, hour + 2), hours: 20);
        Assert.Empty(IdenticalSeries.Find([Cycle("a"), Cycle("b"), Constant("c"), Constant("d"), Short("e"), Short("f")]));
    }

    [Fact]
    public void Two_tags_of_one_device_may_well_agree()
    {
        SeriesProfile a = Walk("a", seed: 3);
        Assert.Empty(IdenticalSeries.Find([a, new SeriesProfile(a.Key with { Tag = "copy" }, [.. a.Moving.Values])]));
    }

    private static SeriesProfile Walk(string device, int seed, double noise = 0)
    {
        System.Random random = new(seed);
        System.Random other = new(seed + 1000);
        double level = 50;
        return Of(device, _ =>
        {
            level += (random.NextDouble() * 10) - 5;
            double spread = 2 + random.NextDouble();
            double off = (other.NextDouble() - 0.5) * 2 * noise;
            return (level - spread + off, level + spread + off, level + off);
        });
    }

    private static SeriesProfile Of(string device, Func<int, (double Min, double Max, double Mean)> hourOf, int hours = 168) => new(
        new SeriesKey("s", "gw", device, "v"),
        [.. Enumerable.Range(0, hours).Select(h => hourOf(h) is var (min, max, mean) ? new SeriesHour(new SeriesKey("s", "gw", device, "v"), 1000 + h, 60, min, max, mean * 60) : default)]);
}
