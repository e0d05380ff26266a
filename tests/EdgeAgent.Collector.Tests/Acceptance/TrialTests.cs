using EdgeAgent.Collector.Acceptance;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Collector.Tests.Scheduling;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Acceptance;

/// <summary>Asking on the grid of the scan classes, in virtual time.</summary>
public sealed class TrialTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);
    private static readonly ScanGroup[] Groups = [new(0, 0, 100, [0]), new(1, 0, 500, [1])];

    private readonly FakeTimeProvider _time = new();
    private readonly AcceptanceOptions _options = new() { Count = 5 };
    private readonly Dictionary<int, TagTally> _tallies;
    private readonly ScriptedEndpoint _endpoint;
    private readonly Trial _trial;

    public TrialTests()
    {
        _tallies = Groups.ToDictionary(group => group.Index, group => new TagTally(
            new TagConfig { Name = "t", Address = "hr:0" }, new TagDefinition(0, "t", ValueKind.Int64, "", group.IntervalMs), TagRule.Passing, group.IntervalMs, group.IntervalMs));
        _endpoint = new ScriptedEndpoint(_time, Groups);
        _trial = new Trial(_tallies, _options, _time);
    }

    [Fact]
    public async Task Each_scan_class_is_asked_at_its_own_period_as_often_as_wanted()
    {
        await RunAsync();

        Assert.Equal([0L, 100, 200, 300, 400], _endpoint.Scans.Where(scan => scan.Group == 0).Select(scan => scan.AtMs));
        Assert.Equal([0L, 500, 1000, 1500, 2000], _endpoint.Scans.Where(scan => scan.Group == 1).Select(scan => scan.AtMs));
        Assert.All(_tallies.Values, tally => Assert.Equal(AcceptanceVerdict.Accepted, tally.Judge(_options).Verdict));
        Assert.Equal(1, _endpoint.Connects);
    }

    [Fact]
    public async Task A_device_too_slow_for_its_scan_class_is_refused_with_the_period_that_it_keeps()
    {
        _endpoint.DurationMs = (request, _) => request.Group == 0 ? 250 : 0;

        await RunAsync();

        TagAcceptance fast = _tallies[0].Judge(_options);
        Assert.Equal((AcceptanceVerdict.Refused, 5), (fast.Verdict, fast.Readings));
        Assert.Contains("read every 250 ms instead of 100", fast.Findings);
    }

    [Fact]
    public async Task A_connection_lost_on_the_way_is_made_again_and_told()
    {
        int scans = 0;
        _endpoint.Answer = (_, _) =>
        {
            if (++scans != 3)
            {
                return ScanAnswer.Answered;
            }

            _endpoint.Drop();
            return ScanAnswer.ConnectionLost;
        };

        await RunAsync();

        Assert.Equal(2, _endpoint.Connects);
        Assert.Equal(["no answer"], _trial.Problems);
        Assert.Equal(1, _tallies.Values.Sum(tally => tally.Judge(_options).Bad));
    }

    [Fact]
    public async Task A_device_that_sends_is_listened_to_until_patience_is_over_and_one_reading_is_enough()
    {
        Dictionary<int, TagTally> tallies = Enumerable.Range(0, 2).ToDictionary(id => id, _ => new TagTally(
            new TagConfig { Name = "t", Address = "$" }, new TagDefinition(0, "t", ValueKind.Int64, "", 1000), TagRule.Passing, scanMs: 1000, askedMs: null));
        var sender = new ScriptedPushEndpoint(_time);
        sender.SendGood(0, 7);
        using var hang = new CancellationTokenSource(Hang);

        Task listening = new Trial(tallies, _options, _time).ListenAsync(sender, hang.Token);
        await _time.WaitForTimersAsync(1, hang.Token);
        _time.Advance(_options.PatienceMost);
        await listening;

        Assert.Equal(AcceptanceVerdict.Accepted, tallies[0].Judge(_options).Verdict);
        Assert.Equal(["nothing arrived"], tallies[1].Judge(_options).Findings);
    }

    [Fact]
    public async Task A_device_that_sends_is_heard_no_longer_than_each_tag_was_heard_as_often_as_wanted()
    {
        Dictionary<int, TagTally> tallies = new()
        {
            [0] = new TagTally(new TagConfig { Name = "t", Address = "$" }, new TagDefinition(0, "t", ValueKind.Int64, "", 1000), TagRule.Passing, scanMs: 1000, askedMs: null),
        };
        var sender = new ScriptedPushEndpoint(_time);
        for (int i = 0; i < _options.Count; i++)
        {
            sender.SendGood(0, i);
        }

        using var hang = new CancellationTokenSource(Hang);
        await new Trial(tallies, _options, _time).ListenAsync(sender, hang.Token);

        Assert.Equal((AcceptanceVerdict.Accepted, 5, 4), (tallies[0].Judge(_options).Verdict, tallies[0].Readings, tallies[0].Judge(_options).Changes));
    }

    private async Task RunAsync()
    {
        using var hang = new CancellationTokenSource(Hang);
        Task trial = _trial.AskAsync(_endpoint, Groups, hang.Token);
        while (!trial.IsCompleted)
        {
            Task waits = _time.WaitForTimersAsync(1, hang.Token);
            if (await Task.WhenAny(trial, waits) == waits)
            {
                _time.Advance(TimeSpan.FromMilliseconds(50));
            }
        }

        await trial;
    }
}
