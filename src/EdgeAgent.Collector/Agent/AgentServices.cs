using EdgeAgent.Collector.Drivers;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Agent;

/// <summary>What the agent needs from the program around it.</summary>
public sealed record AgentServices
{
    public required ILoggerFactory Loggers { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public DriverRegistry Drivers { get; init; } = DriverRegistry.CreateDefault();

    /// <summary>The program's version, told in birth messages.</summary>
    public string Version { get; init; } = typeof(AgentServices).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Where drivers keep what they need from one run to the next; set by the agent.</summary>
    internal string? StateDirectory { get; init; }

    /// <summary>How long the publishers may try to bring out what is in the buffer when the agent stops.</summary>
    public TimeSpan LastTryMost { get; init; } = TimeSpan.FromSeconds(2);
}
