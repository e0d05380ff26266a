using EdgeAgent.Collector.Agent;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Hosting;

/// <summary>The agent: scans devices, buffers, publishes.</summary>
/// <param name="hub">The hub in the same process, which takes this agent in without being asked; null when there is none.</param>
internal sealed partial class AgentRole(AppConfig config, HubRole? hub, TimeProvider time, ILoggerFactory loggers) : IRole
{
    private readonly ILogger _logger = loggers.CreateLogger("EdgeAgent.Agent");
    private AgentRuntime? _runtime;
    private volatile bool _started;

    public string Name => "agent";

    /// <summary>What the newest reload came to; null before the first.</summary>
    public ReloadResult? LastReload { get; private set; }

    public Task Running => _runtime?.Running ?? throw new InvalidOperationException("The agent has not started.");

    public IReadOnlyList<string> ReasonsNotReady => _started ? ReasonsOf(Snapshot()) : ["agent: starting"];

    public AgentSnapshot Snapshot() => _runtime?.Snapshot() ?? throw new InvalidOperationException("The agent has not started.");

    /// <exception cref="AgentStartException">The data directory cannot be used, or another agent uses it.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        _runtime = AgentRuntime.Create(config, new AgentServices { Time = time, Loggers = loggers, Version = ProgramVersion.Text });
        // Nobody has to approve an agent that is the same process as the hub.
        hub?.TakeIn(config.Site, config.Agent!.Id, _runtime.PublicKey.Span);
        await _runtime.StartAsync(cancellation);
        _started = true;
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        if (_runtime is not null)
        {
            await _runtime.StopAsync(cancellation);
        }
    }

    public async Task ReloadAsync(AppConfig config, CancellationToken cancellation)
    {
        ReloadResult result = await _runtime!.ReloadAsync(config, cancellation);
        LastReload = result;
        if (result.Applied)
        {
            Reloaded(_logger, result.Kept.Count, result.Restarted.Count, string.Join(", ", result.Restarted));
        }
        else
        {
            Refused(_logger, string.Join(Environment.NewLine, result.Errors));
        }

        if (result.NeedsRestart)
        {
            NeedsRestart(_logger);
        }
    }

    public Task ProveAliveAsync(CancellationToken cancellation) =>
        _started ? _runtime!.ProveAliveAsync(cancellation) : Task.CompletedTask;

    public ValueTask DisposeAsync() => _runtime?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static List<string> ReasonsOf(AgentSnapshot snapshot)
    {
        List<string> reasons = [];
        if (snapshot.Buffer.IsFull)
        {
            reasons.Add("agent: the buffer cannot be written (disk full or failing); readings are dropped and counted");
        }

        if (snapshot.Devices.Count > 0 && snapshot.Online == 0)
        {
            reasons.Add("agent: no device answers");
        }

        reasons.AddRange(snapshot.Publishers.Where(publisher => !publisher.Connected).Select(publisher =>
            $"agent: publisher {publisher.Name} is not connected{(publisher.LastProblem is { } problem ? $": {problem}" : "")}"));
        return reasons;
    }

    [LoggerMessage(1, LogLevel.Information, "Endpoints: {Kept} went on, {Count} started anew or stopped ({Names}).")]
    private static partial void Reloaded(ILogger logger, int kept, int count, string names);

    [LoggerMessage(2, LogLevel.Error, "The agent does not take the new configuration; the old one goes on.\n{Errors}")]
    private static partial void Refused(ILogger logger, string errors);

    [LoggerMessage(3, LogLevel.Warning, "Something of the agent itself changed (id, directory, flushing, buffer or publishers): restart to bring it into force.")]
    private static partial void NeedsRestart(ILogger logger);
}
