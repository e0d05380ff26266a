using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Tests.Indicators;

public sealed class OptionBinsTests
{
    private static readonly OptionBins Bins = new([1, 2, 4, 6]);
    private static readonly RulePackItem Item = new(3, "联网率", [0, 1.5m, 3, 4.5m, 6]);

    [Theory]
    [InlineData(0, 7, "A")]
    [InlineData(1, 10, "A")]
    [InlineData(2, 19, "B")]
    [InlineData(1, 5, "B")]
    [InlineData(21, 100, "C")]
    [InlineData(2, 5, "C")]
    [InlineData(41, 100, "D")]
    [InlineData(3, 5, "D")]
    [InlineData(61, 100, "E")]
    [InlineData(60001, 100000, "E")]
    [InlineData(1, 1, "E")]
    [InlineData(0, 1, "A")]
    [InlineData(200_000_000, 2_000_000_000, "A")]
    [InlineData(200_000_001, 2_000_000_000, "B")]
    public void A_rate_on_an_upper_end_belongs_to_the_lower_option(int n, int total, string option) =>
        Assert.Equal(option, OptionBins.Letter(Bins.IndexOf(n, total)));

    [Fact]
    public void Classification_does_not_use_the_rounded_rate()
    {
        RateResult rate = RateResult.Of(Item, [1, 2, 4, 6], 60001, 100000);
        Assert.Equal("60.00% (60001/100000)", rate.Rate);
        Assert.Equal("E", rate.Option);
        Assert.Null(rate.Next);
    }

    [Fact]
    public void Nothing_of_nothing_is_not_computable()
    {
        RateResult rate = RateResult.Of(Item, [1, 2, 4, 6], 0, 0);
        Assert.Equal("不可计算 (0/0)", rate.Rate);
        Assert.Null(rate.Option);
        Assert.Null(rate.Points);
        Assert.Null(rate.Next);
    }

    [Fact]
    public void More_than_all_is_an_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Bins.IndexOf(8, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => RateResult.Of(Item, [1, 2, 4, 6], 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bins.IndexOf(-1, 7));
    }

    [Fact]
    public void The_distance_is_the_least_number_that_changes_the_option()
    {
        for (int total = 1; total <= 120; total++)
        {
            for (int n = 0; n <= total; n++)
            {
                int missing = Bins.MissingForNext(n, total);
                if (Bins.IndexOf(n, total) == 4)
                {
                    Assert.Equal(0, missing);
                    continue;
                }

                Assert.InRange(missing, 1, total - n);
                Assert.True(Bins.IndexOf(n + missing, total) > Bins.IndexOf(n, total));
                Assert.Equal(Bins.IndexOf(n, total), Bins.IndexOf(n + missing - 1, total));
            }
        }
    }

    [Theory]
    [InlineData(1, 3, "33.33%", "0.3333")]
    [InlineData(2, 3, "66.67%", "0.6667")]
    [InlineData(1, 8, "12.50%", "0.1250")]
    [InlineData(1, 20_000, "0.01%", "0.0001")]
    [InlineData(0, 5, "0.00%", "0.0000")]
    [InlineData(5, 5, "100.00%", "1.0000")]
    public void Shares_are_shown_rounded_half_up(long n, long d, string percent, string share)
    {
        Assert.Equal(percent, new Fraction(n, d).Percent);
        Assert.Equal(share, new Fraction(n, d).Share);
    }

    [Fact]
    public void A_share_is_compared_exactly()
    {
        Assert.True(new Fraction(3, 4).IsAtLeast(0.75m));
        Assert.False(new Fraction(749_999_999_999, 1_000_000_000_000).IsAtLeast(0.75m));
        Assert.False(new Fraction(0, 0).IsAtLeast(0.75m));
    }
}
