using EdgeAgent.Collector.Agent;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Hosting;

/// <summary>Takes a changed configuration over: what can change while running changes, and what cannot is named.</summary>
internal sealed partial class ConfigReload(AppConfig running, RoleService roles, Action<LoggingConfig> setLevels, ILogger<ConfigReload> logger)
{
    private volatile AppConfig _running = running;

    /// <summary>The configuration in force.</summary>
    public AppConfig Running => _running;

    public async Task<ReloadReport> ApplyAsync(AppConfig config, CancellationToken cancellation)
    {
        ConfigDiff diff = ConfigDiff.Between(_running, config);
        if (diff.IsEmpty)
        {
            Unchanged(logger);
            return ReloadReport.Unchanged;
        }

        string[] fixedParts = [.. FixedParts(diff)];
        if (fixedParts.Length > 0)
        {
            NeedsRestart(logger, string.Join(", ", fixedParts));
        }

        setLevels(config.Logging);
        await roles.ReloadAsync(config, cancellation);
        if (roles.Roles.OfType<AgentRole>().FirstOrDefault()?.LastReload is not { } agent)
        {
            _running = config;
            return new ReloadReport(true, [], fixedParts, [], []);
        }

        if (!agent.Applied)
        {
            return ReloadReport.Failed(agent.Errors.Count > 0 ? agent.Errors.Select(static error => error.ToString()) : ["The agent's section cannot be taken away while it runs."]);
        }

        _running = config;
        return new ReloadReport(true, [], agent.NeedsRestart ? [.. fixedParts, "agent"] : fixedParts, agent.Restarted, agent.Kept);
    }

    private static IEnumerable<string> FixedParts(ConfigDiff diff)
    {
        (bool Changed, string Part)[] parts = [(diff.Site, "site"), (diff.Broker, "broker"), (diff.Hub, "hub"), (diff.Web, "web")];
        return parts.Where(part => part.Changed).Select(part => part.Part);
    }

    [LoggerMessage(1, LogLevel.Information, "The configuration is the same as before.")]
    private static partial void Unchanged(ILogger logger);

    [LoggerMessage(2, LogLevel.Warning, "Changed, but only a restart brings it into force: {Parts}.")]
    private static partial void NeedsRestart(ILogger logger, string parts);
}
