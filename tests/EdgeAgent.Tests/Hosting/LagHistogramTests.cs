using EdgeAgent.Hosting;

namespace EdgeAgent.Tests.Hosting;

public sealed class LagHistogramTests
{
    [Fact]
    public void Quantiles_are_right_to_5_percent()
    {
        LagHistogram histogram = new();
        for (int ms = 1; ms <= 1000; ms++)
        {
            histogram.Add(ms);
        }

        Assert.InRange(histogram.QuantileMs(0.5), 500, 525);
        Assert.InRange(histogram.QuantileMs(0.99), 990, 1040);
        Assert.Equal(1000, histogram.Count);
        Assert.Equal(500_500, histogram.SumMs, 3);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(1e15)]
    public void Any_lag_finds_a_bucket(double lag)
    {
        LagHistogram histogram = new();
        histogram.Add(lag, 3);

        Assert.Equal(3, histogram.Count);
        Assert.False(double.IsNaN(histogram.QuantileMs(0.99)));
    }

    [Fact]
    public void Nothing_counted_is_not_a_number() => Assert.True(double.IsNaN(new LagHistogram().QuantileMs(0.5)));
}
