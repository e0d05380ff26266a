using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Hosting;

/// <summary>Starts the roles in order once the broker listens, stops them in reverse order while it still does, and fails when one fails.</summary>
internal sealed partial class RoleService(IReadOnlyList<IRole> roles, IHostApplicationLifetime lifetime, ILogger<RoleService> logger)
    : BackgroundService, IHostedLifecycleService
{
    private readonly SemaphoreSlim _changes = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _startedCount;

    public IReadOnlyList<IRole> Roles => roles;

    /// <summary>Completes when every role has started.</summary>
    public Task Started => _started.Task;

    public bool HasStarted => _started.Task.IsCompletedSuccessfully;

    /// <summary>Completes when every role that has started has answered.</summary>
    public Task ProveAliveAsync(CancellationToken cancellation) =>
        HasStarted ? Task.WhenAll(roles.Select(role => role.ProveAliveAsync(cancellation))) : Task.CompletedTask;

    public async Task ReloadAsync(AppConfig config, CancellationToken cancellation)
    {
        await _changes.WaitAsync(cancellation);
        try
        {
            foreach (IRole role in roles.Take(_startedCount))
            {
                await role.ReloadAsync(config, cancellation);
            }
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Called before anything else stops, so that what is on its way still finds the broker and the store.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync(); // A role that is still starting gives up, so that the others can stop.
        await _changes.WaitAsync(cancellationToken);
        for (; _startedCount > 0; _startedCount--)
        {
            IRole role = roles[_startedCount - 1];
            try
            {
                await role.StopAsync(cancellationToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                StopFailed(logger, problem, role.Name);
            }
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenSource starting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _stopping.Token);
        await ListeningAsync(starting.Token);
        await StartRolesAsync(starting.Token);
        TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = stoppingToken.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetResult(), stopping);
        Task first = await Task.WhenAny([.. roles.Select(role => role.Running), stopping.Task]);
        await first; // Throws when a role failed: the host stops, and HostRun makes it a failure.
    }

    private async Task ListeningAsync(CancellationToken stopping)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = lifetime.ApplicationStarted.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetResult(), started);
        await started.Task.WaitAsync(stopping);
    }

    private async Task StartRolesAsync(CancellationToken stopping)
    {
        await _changes.WaitAsync(stopping);
        try
        {
            foreach (IRole role in roles)
            {
                await role.StartAsync(stopping);
                _startedCount++;
            }

            _started.TrySetResult();
        }
        finally
        {
            _changes.Release();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Role} failed while it was stopping.")]
    private static partial void StopFailed(ILogger logger, Exception problem, string role);
}
