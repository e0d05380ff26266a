using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Web.Plant.Hours;
using EdgeAgent.Web.Plant.Trends;

namespace EdgeAgent.Tests.Web.Plant;

public sealed class GapRuleTests
{
    private const long Second = TimeSpan.TicksPerSecond;
    private const long Hour = UnixTicks.PerHour;
    private static readonly HourCell Whole = new(3600, 3600, 0, 0, 10);
    private static readonly HourCell Lost = new(3600, 0, 0, 3600, 0);

    [Fact]
    public void A_value_that_stood_still_is_no_gap() => Assert.Empty(Gaps(new() { [0] = Whole, [1] = Whole }, 10 * Second, Hour + (50 * Second)));

    [Fact]
    public void An_hour_that_was_missed_as_a_whole_is_a_gap_and_what_was_missed_beside_it_joins_it() =>
        Assert.Equal(
            [(Hour - (600 * Second), (2 * Hour) + (300 * Second))],
            Gaps(new() { [0] = new(3600, 3000, 0, 600, 0), [1] = Lost, [2] = new(3600, 3300, 0, 300, 0) }, 10 * Second, (2 * Hour) + (300 * Second)));

    [Fact]
    public void An_hour_of_which_nobody_told_is_a_gap() => Assert.Equal([(Hour, 2 * Hour)], Gaps(new() { [0] = Whole, [2] = Whole }, 10 * Second, (2 * Hour) + (300 * Second), began: false));

    [Fact]
    public void What_was_missed_within_an_hour_lies_before_the_reading_that_ends_the_silence() =>
        Assert.Equal([(1400 * Second, 1500 * Second)], Gaps(new() { [0] = new(3600, 3500, 0, 100, 0) }, 1000 * Second, 1500 * Second));

    [Fact]
    public void A_gap_is_never_longer_than_the_silence() =>
        Assert.Equal([(1000 * Second, 1500 * Second)], Gaps(new() { [0] = new(3600, 1800, 0, 1800, 0) }, 1000 * Second, 1500 * Second));

    [Fact]
    public void Two_late_scans_are_no_gap() => Assert.Empty(Gaps(new() { [0] = new(3600, 3598, 0, 2, 0) }, 1000 * Second, 1500 * Second));

    [Fact]
    public void Bad_readings_are_no_gap_because_they_are_stored() => Assert.Empty(Gaps(new() { [0] = new(3600, 1800, 1800, 0, 0) }, 1000 * Second, 1500 * Second));

    [Fact]
    public void A_device_taken_into_service_within_an_hour_has_a_gap_until_then() =>
        Assert.Equal([(0L, Hour + (1200 * Second))], Gaps(new() { [1] = new(2400, 2400, 0, 0, 0) }, 0, Hour + (1200 * Second)));

    [Fact]
    public void A_chart_draws_no_gap_where_values_stood_still_one_where_the_agent_was_down_and_one_where_nobody_knows_yet()
    {
        RangePoint[] points = [Point(100 * Second, 1), Point(2000 * Second, 2), Point((2 * Hour) + (100 * Second), 3)];
        TrendSeriesView series = TrendBuilder.Build(
            new SeriesInfo(new SeriesKey("s", "a", "d", "t"), ValueKind.Float64, "℃", 1000, 1), "a/d/t", points,
            new Dictionary<int, HourCell> { [0] = Whole, [1] = Lost, [2] = Whole }, 100 * Second, 3 * Hour, Hour, (2 * Hour) + (200 * Second));

        Assert.Equal([new TrendSpanView(3_600_000, 7_200_000), new TrendSpanView(7_400_000, 10_800_000)], series.Gaps);
        Assert.Equal(0, series.BucketMs);
        Assert.Null(series.Points[0].Min);
    }

    [Fact]
    public void A_bad_reading_is_a_band_until_the_next_one_and_has_no_value()
    {
        RangePoint[] points = [Point(100 * Second, 1), new(200 * Second, Quality.BadTimeout, default, 1, double.NaN, double.NaN, double.NaN), Point(300 * Second, 2)];
        TrendSeriesView series = TrendBuilder.Build(
            new SeriesInfo(new SeriesKey("s", "a", "d", "t"), ValueKind.Float64, "", 1000, 1), "a/d/t", points,
            new Dictionary<int, HourCell> { [0] = Whole }, 100 * Second, 310 * Second, Hour, 310 * Second);

        TrendBandView band = Assert.Single(series.Bands);
        Assert.Equal(new TrendBandView(200_000, 300_000, 2, "BadTimeout"), band);
        Assert.Null(series.Points[1].V);
        Assert.Empty(series.Gaps);
    }

    [Theory]
    [InlineData("=1+2", "'=1+2")]
    [InlineData("+A1", "'+A1")]
    [InlineData("@x", "'@x")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("=\"x\"", "\"'=\"\"x\"\"\"")]
    [InlineData("温度", "温度")]
    public void Text_in_a_csv_is_never_a_formula(string text, string expected) => Assert.Equal(expected, TrendCsv.Field(text));

    private static RangePoint Point(long ticks, double value) => new(ticks, Quality.Good, new StoredValue(ValueKind.Float64, BitConverter.DoubleToUInt64Bits(value), null), 1, value, value, value);

    private static (long, long)[] Gaps(Dictionary<int, HourCell> hours, long from, long to, bool began = true)
    {
        if (!began)
        {
            hours[-1] = Whole;
        }

        return [.. new GapRule(hours, Second).Within(from, to, endsInReading: true)];
    }
}
