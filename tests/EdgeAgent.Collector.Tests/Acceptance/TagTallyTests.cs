using EdgeAgent.Collector.Acceptance;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Acceptance;

public sealed class TagTallyTests
{
    private static readonly AcceptanceOptions Five = new() { Count = 5 };

    [Fact]
    public void A_value_that_never_changes_is_remarked_and_refused_when_the_machine_moves()
    {
        TagAcceptance still = Judged([7, 7, 7, 7, 7]);
        TagAcceptance moving = Judged([7, 7, 7, 7, 7], Five with { IsMoving = true });

        Assert.Equal((AcceptanceVerdict.Remarked, 0), (still.Verdict, still.Changes));
        Assert.Equal(AcceptanceVerdict.Refused, moving.Verdict);
        Assert.Contains("never changed in 5 readings", Assert.Single(moving.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_counter_may_stand_still()
    {
        TagTally tally = Tally();
        for (int i = 0; i < 5; i++)
        {
            tally.Add(Reading.Int64(0, Quality.Good, 0, 7), new ReadingBatch(), TimeSpan.FromSeconds(i), problem: null);
        }

        Assert.Equal(AcceptanceVerdict.Accepted, tally.Judge(Five).Verdict);
    }

    [Fact]
    public void The_range_that_was_seen_is_recorded()
    {
        TagAcceptance tag = Judged([1, 3, 2, 5, 4]);

        Assert.Equal((1.0, 5.0, 4, 1000.0), (tag.Lowest!.Value, tag.Highest!.Value, tag.Changes, tag.AchievedMs!.Value));
        Assert.Equal(AcceptanceVerdict.Accepted, tag.Verdict);
    }

    [Fact]
    public void A_value_that_is_no_number_is_refused_without_limits_too() =>
        Assert.Contains("1 of 5 are no number", Judged([1, 2, double.NaN, 3, 4]).Findings);

    [Fact]
    public void Readings_that_come_too_slowly_are_refused() =>
        Assert.Contains("read every 1300 ms instead of 1000", Judged([1, 2, 3, 4, 5], periodMs: 1300).Findings);

    [Fact]
    public void Missing_readings_are_refused() =>
        Assert.Contains("read 2 times of 5", Judged([1, 2]).Findings);

    private static TagAcceptance Judged(double[] values, AcceptanceOptions? options = null, int periodMs = 1000)
    {
        TagTally tally = Tally();
        for (int i = 0; i < values.Length; i++)
        {
            tally.Add(Reading.Float64(0, Quality.Good, 0, values[i]), new ReadingBatch(), TimeSpan.FromMilliseconds((double)i * periodMs), problem: null);
        }

        return tally.Judge(options ?? Five);
    }

    private static TagTally Tally() => new(
        new TagConfig { Name = "t", Address = "hr:0" }, new TagDefinition(0, "t", ValueKind.Float64, "", 1000), TagRule.Passing, scanMs: 1000, askedMs: 1000);
}
