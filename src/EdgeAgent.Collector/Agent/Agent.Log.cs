using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Agent;

/// <summary>What the agent as a whole tells people.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Agent {Agent} started: {Endpoints} endpoints, {Devices} devices, {Tags} tags")]
    public static partial void AgentStarted(this ILogger logger, string agent, int endpoints, int devices, int tags);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Configuration changed: {Restarted} endpoints started anew or stopped, {Kept} went on; restart of the agent needed: {NeedsRestart}")]
    public static partial void AgentReloaded(this ILogger logger, int restarted, int kept, bool needsRestart);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Everything is accounted for until {Until:u}; what was due in the {Gap} since then is booked as missed")]
    public static partial void WasDown(this ILogger logger, DateTimeOffset until, TimeSpan gap);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "This agent was put back from a backup with accounts until {Until:u}; what was due since and did not reach the hub counts as missed")]
    public static partial void Restored(this ILogger logger, DateTimeOffset until);
}
