using System.Collections.Concurrent;
using EdgeAgent.Hosting;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Hosting;

public sealed class WatchdogTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _sent = [];

    [Fact]
    public async Task It_says_alive_while_the_roles_answer_and_falls_silent_when_they_hang()
    {
        TaskCompletionSource? hang = null;
        await using Watchdog watchdog = New(cancellation => hang?.Task.WaitAsync(cancellation) ?? Task.CompletedTask);
        await Eventually.TrueAsync(() => _sent.Count == 1, "it says so at once");
        _time.Advance(Period / 3);
        await Eventually.TrueAsync(() => _sent.Count == 2, "and three times in the period");

        hang = new TaskCompletionSource();
        for (int i = 0; i < 6; i++)
        {
            _time.Advance(Period / 3);
        }

        Assert.Equal(2, _sent.Count);
        TaskCompletionSource over = hang;
        hang = null;
        over.SetResult();
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(Period / 3);
                return _sent.Count > 2;
            },
            "it says so again when they answer again");
        Assert.All(_sent, text => Assert.Equal("WATCHDOG=1", text));
    }

    [Theory]
    [InlineData("30000000", null, 30)]
    [InlineData("30000000", "17", 30)]
    [InlineData("30000000", "18", null)]
    [InlineData("", "17", null)]
    [InlineData(null, null, null)]
    [InlineData("-5", null, null)]
    public void It_runs_only_when_systemd_asked_this_process(string? microseconds, string? processId, int? seconds) =>
        Assert.Equal(seconds, (int?)Watchdog.PeriodOf(microseconds, processId, 17)?.TotalSeconds);

    private Watchdog New(Func<CancellationToken, Task> proveAlive) => new(_sent.Enqueue, proveAlive, Period, _time, NullLogger.Instance);
}
