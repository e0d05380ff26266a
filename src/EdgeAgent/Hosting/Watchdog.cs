using System.Globalization;

namespace EdgeAgent.Hosting;

/// <summary>Tells systemd's watchdog that the process is alive, as long as its roles' own loops answer; otherwise systemd starts it anew.</summary>
internal sealed partial class Watchdog : IAsyncDisposable
{
    /// <summary>Questions in the time that systemd waits, so that a single slow answer is no reason for a restart.</summary>
    private const int QuestionsPerPeriod = 3;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private Watchdog(Task running) => _running = running;

    internal Watchdog(Action<string> send, Func<CancellationToken, Task> proveAlive, TimeSpan period, TimeProvider time, ILogger logger) =>
        _running = RunAsync(send, proveAlive, period / QuestionsPerPeriod, time, logger, _stop.Token);

    /// <summary>Does nothing unless systemd asked this process for it.</summary>
    public static Watchdog Start(SystemdNotify systemd, IServiceProvider services, ILogger logger)
    {
        TimeSpan? period = PeriodOf(
            Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"), Environment.ProcessId);
        return period is { } asked && services.GetService<RoleService>() is { } roles
            ? new Watchdog(systemd.Send, roles.ProveAliveAsync, asked, services.GetRequiredService<TimeProvider>(), logger)
            : new Watchdog(Task.CompletedTask);
    }

    /// <summary>How often systemd wants to hear, or null when not from this process.</summary>
    internal static TimeSpan? PeriodOf(string? microseconds, string? processId, int ownId) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long period) && period > 0
        && (string.IsNullOrEmpty(processId) || processId == ownId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(period)
            : null;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static async Task RunAsync(
        Action<string> send, Func<CancellationToken, Task> proveAlive, TimeSpan interval, TimeProvider time, ILogger logger, CancellationToken stop)
    {
        using PeriodicTimer timer = new(interval, time);
        do
        {
            using CancellationTokenSource limit = new(interval, time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
            try
            {
                await proveAlive(either.Token).WaitAsync(either.Token);
                send("WATCHDOG=1");
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                NoAnswer(logger, interval.TotalSeconds);
            }
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    [LoggerMessage(1, LogLevel.Error, "The agent or the hub in this process has not answered for {Seconds} s. If it goes on so, systemd starts the process anew.")]
    private static partial void NoAnswer(ILogger logger, double seconds);
}
