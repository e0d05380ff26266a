using EdgeAgent.Broker;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Commands;
using EdgeAgent.Store;

namespace EdgeAgent.Hosting;

/// <summary>Runs a host until it is asked to stop or one of its services fails, and says which it was.</summary>
internal static partial class HostRun
{
    /// <summary>systemd and containers are configured to wait longer than this; people are promised less than 5 s.</summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(4.5);

    /// <returns>An exit code: 0 after a wished stop, 1 when a background service failed. Left alone, the host would end with 0 then.</returns>
    public static async Task<int> RunAsync(IHost host, CancellationToken stop)
    {
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("EdgeAgent.Host");
        IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        using SystemdNotify systemd = new();
        bool stopped = true;
        try
        {
            await host.StartAsync(stop);
            systemd.Send("READY=1");
            await using (Watchdog.Start(systemd, host.Services, logger))
            {
                await UntilStoppingAsync(lifetime, stop);
            }

            systemd.Send("STOPPING=1");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop while still starting: stop what has started.
        }
        finally
        {
            stopped = await StopAsync(host, logger);
        }

        return FailedService(host.Services, logger) || !stopped ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static async Task UntilStoppingAsync(IHostApplicationLifetime lifetime, CancellationToken stop)
    {
        TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration byHost = lifetime.ApplicationStopping.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetResult(), stopping);
        await using CancellationTokenRegistration byPerson = stop.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetResult(), stopping);
        await stopping.Task;
    }

    private static async Task<bool> StopAsync(IHost host, ILogger logger)
    {
        TimeProvider time = host.Services.GetService<TimeProvider>() ?? TimeProvider.System;
        using CancellationTokenSource limit = new(StopLimit, time);
        try
        {
            // Some services give up when the token fires, others do not look at it: the second limit is for those.
            await host.StopAsync(limit.Token).WaitAsync(StopLimit, time);
            return true;
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            StopTookTooLong(logger, StopLimit.TotalSeconds);
            return false;
        }
        catch (Exception exception)
        {
            StopFailed(logger, exception);
            return false;
        }
    }

    private static bool FailedService(IServiceProvider services, ILogger logger)
    {
        bool failed = false;
        foreach (BackgroundService service in services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            if (service.ExecuteTask is { IsFaulted: true } task)
            {
                failed = true;
                Exception problem = task.Exception!.GetBaseException();
                // What a person can put right needs no stack trace.
                bool expected = problem is AgentStartException or BrokerConfigException or StoreDamagedException or IOException or UnauthorizedAccessException;
                ServiceFailed(logger, expected ? null : problem, problem.Message);
            }
        }

        return failed;
    }

    [LoggerMessage(1, LogLevel.Critical, "Cannot go on: {Problem} The process ends with a failure, so that whoever started it can start it again.")]
    private static partial void ServiceFailed(ILogger logger, Exception? exception, string problem);

    [LoggerMessage(2, LogLevel.Error, "Stopping took longer than {LimitSeconds} s; what was not flushed is accounted as missed at the next start.")]
    private static partial void StopTookTooLong(ILogger logger, double limitSeconds);

    [LoggerMessage(3, LogLevel.Error, "A service failed while it was stopping.")]
    private static partial void StopFailed(ILogger logger, Exception exception);
}
