using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Agent;

/// <summary>What a reload came to.</summary>
/// <param name="Applied">Whether the new configuration is in force; else the old one runs on untouched.</param>
/// <param name="Errors">What is wrong with the new one.</param>
/// <param name="Restarted">Endpoints that were started, stopped or started anew.</param>
/// <param name="Kept">Endpoints that went on without noticing.</param>
/// <param name="NeedsRestart">Whether something changed that only a restart of the agent brings into force.</param>
public sealed record ReloadResult(
    bool Applied, IReadOnlyCollection<ConfigError> Errors, IReadOnlyList<string> Restarted, IReadOnlyList<string> Kept, bool NeedsRestart);
