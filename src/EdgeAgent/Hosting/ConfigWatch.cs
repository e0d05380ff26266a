using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Hosting;

/// <summary>Looks at the configuration's files every second, and at SIGHUP, and hands a good new configuration on; a bad one changes nothing.</summary>
/// <param name="load">Loads and checks, without touching a device.</param>
/// <param name="apply">Takes the new configuration over.</param>
internal sealed partial class ConfigWatch(
    LoadedConfig running,
    Func<LoadedConfig> load,
    Func<AppConfig, CancellationToken, Task<ReloadReport>> apply,
    TimeProvider time,
    ILogger<ConfigWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private FileFingerprint _files = FileFingerprint.Of(running.Files);
    private readonly ConcurrentQueue<TaskCompletionSource<ReloadReport>> _waiting = new();
    private volatile TaskCompletionSource _asked = NewSignal();

    /// <summary>Reloads at once, as SIGHUP does.</summary>
    public void Ask() => _asked.TrySetResult();

    /// <summary>Reloads at once and tells what came of it.</summary>
    public async Task<ReloadReport> ReloadNowAsync(CancellationToken cancellation)
    {
        TaskCompletionSource<ReloadReport> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(done);
        Ask();
        return await done.Task.WaitAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            Ask();
        });
        bool pending = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            bool asked = await WaitAsync(stoppingToken);
            _files = _files.Refresh(out bool changed);
            if (asked || (pending && !changed))
            {
                pending = false;
                await ReloadAsync(stoppingToken);
            }
            else
            {
                pending |= changed; // Whoever writes may not be done: act when a second has passed without a change.
            }
        }
    }

    private async Task<bool> WaitAsync(CancellationToken stopping)
    {
        TaskCompletionSource asked = _asked;
        using CancellationTokenSource delay = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task tick = Task.Delay(Every, time, delay.Token);
        Task first = await Task.WhenAny(asked.Task, tick);
        await delay.CancelAsync();
        stopping.ThrowIfCancellationRequested();
        if (first == tick)
        {
            return false;
        }

        _asked = NewSignal();
        return true;
    }

    private async Task ReloadAsync(CancellationToken stopping)
    {
        TaskCompletionSource<ReloadReport>[] waiting = [.. Waiting()];
        ReloadReport report = await ReportAsync(stopping);
        foreach (TaskCompletionSource<ReloadReport> done in waiting)
        {
            done.TrySetResult(report);
        }
    }

    private IEnumerable<TaskCompletionSource<ReloadReport>> Waiting()
    {
        while (_waiting.TryDequeue(out TaskCompletionSource<ReloadReport>? done))
        {
            yield return done;
        }
    }

    private async Task<ReloadReport> ReportAsync(CancellationToken stopping)
    {
        LoadedConfig loaded = load();
        _files = FileFingerprint.Of(loaded.Files.Count > 0 ? loaded.Files : running.Files);
        if (loaded.Errors.Any || loaded.Config is not { } config)
        {
            Refused(logger, loaded.Errors.Total, string.Join(Environment.NewLine, loaded.Errors));
            return ReloadReport.Failed(loaded.Errors.Select(static error => error.ToString()));
        }

        try
        {
            ReloadReport report = await apply(config, stopping);
            if (report.Applied)
            {
                Applied(logger);
            }

            return report;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            ApplyFailed(logger, problem);
            return ReloadReport.Failed([problem.Message]);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(1, LogLevel.Error, "The changed configuration has {Count} errors and is not used; the old one goes on.\n{Errors}")]
    private static partial void Refused(ILogger logger, int count, string errors);

    [LoggerMessage(2, LogLevel.Information, "The changed configuration is in use.")]
    private static partial void Applied(ILogger logger);

    [LoggerMessage(3, LogLevel.Error, "The changed configuration could not be taken over completely; put it right, or restart.")]
    private static partial void ApplyFailed(ILogger logger, Exception problem);
}
