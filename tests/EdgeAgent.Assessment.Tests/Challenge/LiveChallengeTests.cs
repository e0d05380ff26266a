using System.Reflection;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.TestKit;

namespace EdgeAgent.Assessment.Tests.Challenge;

public sealed class LiveChallengeTests
{
    private static readonly SeriesKey Series = new("plant", "gw-01", "press-01", "running");

    private static readonly ChallengeAsker Assessor = new("评审员", "assessor", "login");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 11, 20, 4, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_change_is_recorded_with_its_source_time_and_latency()
    {
        using TempDirectory directory = new();
        OneSeries store = OneSeries.Create(out ITimeSeriesStore face);
        store.Add(UnixTicks.Now(_time) - UnixTicks.PerSecond, 1);
        LiveChallenge challenge = new(face, new AuditLog(directory.File("c.jsonl"), _time), _time);
        ChallengeRequest request = new(Series, "A-1", "stop", "0", TimeSpan.FromMinutes(10), "与车间主任约定");
        AuditEntry requested = await challenge.RequestAsync(request, Assessor, CancellationToken.None);
        store.Add(UnixTicks.Now(_time) + (2 * UnixTicks.PerSecond), 0);

        ChallengeOutcome outcome = await challenge.WatchAsync(request, requested, Assessor, CancellationToken.None);

        Assert.True(outcome.Observed);
        Assert.Equal(("1", "0", 2000.0, Provenance.Live), (outcome.Before, outcome.After, outcome.LatencyMs, outcome.Provenance));
        AuditEntry[] entries = [.. AuditChain.Read(new AuditLog(directory.File("c.jsonl"), _time).ReadAll(), out string? problem)];
        Assert.Null(problem);
        Assert.Equal(["challenge requested", "challenge observed"], entries.Select(e => e.What));
        Assert.Equal(("1", "2000", "live"), (entries[1].Facts["challenge"], entries[1].Facts["latencyMs"], entries[1].Facts["provenance"]));
    }

    [Theory]
    [InlineData("admin", "login")]
    [InlineData("engineer", "token")]
    [InlineData("operator", "command")]
    [InlineData("", "login")]
    public async Task What_anybody_but_an_assessor_asks_for_is_a_self_test_in_every_line_and_counts_as_nobodys_challenge(string role, string via)
    {
        using TempDirectory directory = new();
        OneSeries store = OneSeries.Create(out ITimeSeriesStore face);
        store.Add(UnixTicks.Now(_time) - UnixTicks.PerSecond, 1);
        LiveChallenge challenge = new(face, new AuditLog(directory.File("c.jsonl"), _time), _time);
        ChallengeRequest request = new(Series, "A-1", "stop", "0", TimeSpan.FromMinutes(10), "");
        ChallengeAsker asker = new("评审员赵工", role, via);
        AuditEntry requested = await challenge.RequestAsync(request, asker, CancellationToken.None);
        store.Add(UnixTicks.Now(_time) + UnixTicks.PerSecond, 0);
        await challenge.WatchAsync(request, requested, asker, CancellationToken.None);

        IReadOnlyList<AuditEntry> entries = AuditChain.Read(new AuditLog(directory.File("c.jsonl"), _time).ReadAll(), out _);
        Assert.Equal(["self-test requested", "self-test observed"], entries.Select(e => e.What));
        Assert.All(entries, e => Assert.Equal((role, via), (e.Facts["role"], e.Facts["via"])));
        Assert.Equal(new ChallengeCounts(0, 0, 0, SelfTests: 1, 0), ChallengeCounts.Of(ChallengeRecord.Of(entries)));
    }

    [Theory]
    [InlineData(1, 5)] // the old value again
    [InlineData(3, 5)] // another value than the expected one
    [InlineData(0, -60)] // dated before the request
    public async Task What_does_not_answer_the_request_is_no_result_and_that_is_recorded(long value, int seconds)
    {
        using TempDirectory directory = new();
        OneSeries store = OneSeries.Create(out ITimeSeriesStore face);
        store.Add(UnixTicks.Now(_time) - UnixTicks.PerHour, 1);
        LiveChallenge challenge = new(face, new AuditLog(directory.File("c.jsonl"), _time), _time);
        ChallengeRequest request = new(Series, "", "stop", "0", TimeSpan.FromSeconds(30), "");
        AuditEntry requested = await challenge.RequestAsync(request, Assessor, CancellationToken.None);
        store.Add(UnixTicks.Now(_time) + (seconds * UnixTicks.PerSecond), value);
        Task<ChallengeOutcome> watching = challenge.WatchAsync(request, requested, Assessor, CancellationToken.None);
        while (!watching.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.False((await watching).Observed);
        Assert.Equal("challenge without result", AuditChain.Read(new AuditLog(directory.File("c.jsonl"), _time).ReadAll(), out _)[^1].What);
    }

    [Fact]
    public async Task A_tag_that_never_sent_cannot_be_asked_for()
    {
        using TempDirectory directory = new();
        _ = OneSeries.Create(out ITimeSeriesStore face);
        LiveChallenge challenge = new(face, new AuditLog(directory.File("c.jsonl"), _time), _time);
        await Assert.ThrowsAsync<ArgumentException>(() => challenge.RequestAsync(new ChallengeRequest(Series, "", "stop", null, TimeSpan.FromSeconds(1), ""), Assessor, CancellationToken.None));
    }

    /// <summary>Answers the two methods that a challenge calls, about one series.</summary>
    public class OneSeries : DispatchProxy
    {
        private readonly List<RangePoint> _points = [];

        public static OneSeries Create(out ITimeSeriesStore store)
        {
            store = DispatchProxy.Create<ITimeSeriesStore, OneSeries>();
            return (OneSeries)store;
        }

        public void Add(long ticks, long value) => _points.Add(new RangePoint(ticks, Quality.Good, new StoredValue(ValueKind.Int64, (ulong)value, null), 1, value, value, value));

        protected override object? Invoke(MethodInfo? method, object?[]? args) => method?.Name switch
        {
            nameof(ITimeSeriesStore.ReadLastAsync) => ValueTask.FromResult<IReadOnlyList<SeriesPoint>>(
                _points.Count == 0 ? [] : [new SeriesPoint(Series, _points[^1].Ticks, Quality.Good, _points[^1].Last, Provenance.Live)]),
            nameof(ITimeSeriesStore.ReadRangeAsync) => ValueTask.FromResult<IReadOnlyList<RangePoint>>(
                [.. _points.Where(p => p.Ticks >= (long)args![1]! && p.Ticks < (long)args[2]!)]),
            _ => throw new NotSupportedException(method?.Name),
        };
    }
}
