using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Pipeline;

public sealed class TagProcessorTests
{
    private static readonly TagConfig Plain = new() { Name = "t", Address = "hr:0" };

    private TagState _state;

    [Theory]
    [InlineData(0.1, 0.0, 250, 25.0)]
    [InlineData(2.0, -40.0, 30, 20.0)]
    [InlineData(-1.0, 0.0, 5, -5.0)]
    public void Scale_and_offset_make_a_float64(double scale, double offset, long raw, double expected)
    {
        Reading reading = Reading.Int64(0, Quality.Good, 1, raw);
        Assert.True(Run(Plain with { Scale = scale, Offset = offset }, ref reading).Passes);
        Assert.Equal(ValueKind.Float64, reading.Kind);
        Assert.Equal(expected, reading.AsFloat64, 12);
    }

    [Fact]
    public void Without_scale_the_bits_are_not_touched()
    {
        Reading reading = Reading.UInt64(0, Quality.Good, 1, ulong.MaxValue - 1);
        Run(Plain with { Scale = 1, Offset = 0 }, ref reading);
        Assert.Equal(Reading.UInt64(0, Quality.Good, 1, ulong.MaxValue - 1), reading);
    }

    [Theory]
    [InlineData(9.9, false)]
    [InlineData(10.0, true)]
    [InlineData(20.0, true)]
    [InlineData(20.1, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void Outside_its_limits_a_value_is_uncertain_and_keeps_its_value(double value, bool good)
    {
        Reading reading = Reading.Float64(0, Quality.Good, 1, value);
        Run(Plain with { Min = 10, Max = 20 }, ref reading);
        Assert.Equal(good ? Quality.Good : Quality.UncertainEngineeringUnitsExceeded, reading.Quality);
        Assert.Equal(value, reading.AsFloat64);
    }

    [Theory]
    [InlineData(new[] { 10.0, 10.4, 10.5, 10.6, 10.2 }, "1..1.")]
    [InlineData(new[] { 10.0, 10.3, 10.6, 10.9, 11.2 }, "1.1.1")]
    [InlineData(new[] { double.NaN, double.NaN, 1.0, double.NaN }, "1.11")]
    [InlineData(new[] { double.PositiveInfinity, double.PositiveInfinity, 1.0 }, "1.1")]
    public void An_absolute_deadband_compares_with_the_last_value_that_passed(double[] values, string passes) =>
        Assert.Equal(passes, Trace(Plain with { Deadband = 0.5 }, values));

    [Fact]
    public void A_deadband_of_zero_passes_every_change_and_nothing_else()
    {
        Assert.Equal("1.1", Trace(Plain with { Deadband = 0 }, [1, 1, 2]));
        TagRule rule = TagRules.RuleOf(Plain with { Deadband = 0 });
        TagState state = default;
        const long big = long.MaxValue - 1;
        Assert.True(Pass(rule, ref state, Reading.Int64(0, Quality.Good, 1, big)));
        Assert.True(Pass(rule, ref state, Reading.Int64(0, Quality.Good, 2, big + 1)), "a change below the precision of a double was lost");
        Assert.False(Pass(rule, ref state, Reading.Int64(0, Quality.Good, 3, big + 1)));
    }

    [Fact]
    public void A_percent_deadband_is_of_the_span_or_of_the_last_value()
    {
        Assert.Equal("1..1", Trace(Plain with { DeadbandPercent = 10, Min = 0, Max = 50 }, [10, 15, 5, 15.1]));
        Assert.Equal("1..1", Trace(Plain with { DeadbandPercent = 10 }, [100, 110, 90, 111]));
    }

    [Fact]
    public void A_heartbeat_passes_an_unchanged_value_when_its_time_has_come()
    {
        TagRule rule = TagRules.RuleOf(Plain with { Deadband = 1, HeartbeatMs = 1000 });
        TagState state = default;
        long[] atMs = [0, 500, 999, 1000, 1999, 2000, 2500];
        string passes = string.Concat(atMs.Select(ms =>
            Pass(rule, ref state, Reading.Float64(0, Quality.Good, ms * UnixTicks.PerMillisecond, 5)) ? "1" : "."));
        Assert.Equal("1..1.1.", passes);
        Assert.True(Pass(rule, ref state, Reading.Float64(0, Quality.Good, -5_000_000, 5)), "a clock set back silenced the tag");
    }

    [Fact]
    public void A_change_of_quality_always_passes_and_repeats_of_it_do_not()
    {
        TagRule rule = TagRules.RuleOf(Plain with { Deadband = 100 });
        TagState state = default;
        Reading[] readings =
        [
            Reading.Float64(0, Quality.Good, 1, 5),
            Reading.Failed(0, Quality.BadTimeout, 2),
            Reading.Failed(0, Quality.BadTimeout, 3),
            Reading.Failed(0, Quality.BadNotConnected, 4),
            Reading.Float64(0, Quality.Good, 5, 5),
            Reading.Float64(0, Quality.Good, 6, 6),
        ];
        Assert.Equal("11.11.", string.Concat(readings.Select(reading => Pass(rule, ref state, reading) ? "1" : ".")));
    }

    [Fact]
    public void Without_a_deadband_everything_passes() => Assert.Equal("111", Trace(Plain, [1, 1, 1]));

    [Fact]
    public void Changes_are_counted_between_good_values_whether_they_pass_or_not()
    {
        TagRule rule = TagRules.RuleOf(Plain with { Deadband = 100 });
        TagState state = default;
        Reading[] readings =
        [
            Reading.Float64(0, Quality.Good, 1, 5),
            Reading.Float64(0, Quality.Good, 2, 5),
            Reading.Float64(0, Quality.Good, 3, 6),
            Reading.Failed(0, Quality.BadTimeout, 4),
            Reading.Float64(0, Quality.Good, 5, 6),
            Reading.Float64(0, Quality.Good, 6, 7),
        ];
        bool[] changed = [.. readings.Select(reading => TagProcessor.Process(rule, ref state, ref reading, default).IsChanged)];
        Assert.Equal([false, false, true, false, false, true], changed);
    }

    [Fact]
    public void Text_passes_when_it_changes()
    {
        TagRule rule = TagRules.RuleOf(Plain with { Deadband = 0 });
        TagState state = default;
        string[] texts = ["a", "a", "ab", "", "", "a"];
        var batch = new ReadingBatch();
        string passes = "";
        string changes = "";
        foreach (string text in texts)
        {
            batch.Clear();
            batch.AddText(0, Quality.Good, 1, text);
            Reading reading = batch.Readings[0];
            Verdict verdict = TagProcessor.Process(rule, ref state, ref reading, batch.BytesOf(reading));
            passes += verdict.Passes ? "1" : ".";
            changes += verdict.IsChanged ? "1" : ".";
        }

        Assert.Equal("1.11.1", passes);
        Assert.Equal("..11.1", changes);
    }

    private static bool Pass(in TagRule rule, ref TagState state, Reading reading) =>
        TagProcessor.Process(rule, ref state, ref reading, default).Passes;

    private static string Trace(TagConfig tag, double[] values)
    {
        TagRule rule = TagRules.RuleOf(tag);
        TagState state = default;
        return string.Concat(values.Select((value, i) => Pass(rule, ref state, Reading.Float64(0, Quality.Good, i, value)) ? "1" : "."));
    }

    private Verdict Run(TagConfig tag, ref Reading reading) => TagProcessor.Process(TagRules.RuleOf(tag), ref _state, ref reading, default);
}
