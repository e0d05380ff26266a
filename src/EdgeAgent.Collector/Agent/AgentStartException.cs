using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Agent;

/// <summary>The agent cannot start; the message says why, and <see cref="Errors"/> lists what is wrong with the configuration, if that is it.</summary>
public sealed class AgentStartException(string message, ConfigErrors? errors = null, Exception? inner = null) : Exception(message, inner)
{
    public ConfigErrors? Errors { get; } = errors;
}
