using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Configuring;

/// <summary>The configuration of this machine, as what comes from afar may deal with it. The program implements it.</summary>
public interface IConfigTarget
{
    /// <exception cref="IOException">It cannot be read.</exception>
    ConfigBundle Read();

    /// <summary>Everything that is wrong with a configuration, without touching anything.</summary>
    LoadedConfig Check(ConfigBundle bundle);

    /// <summary>Brings a configuration into force.</summary>
    /// <param name="expected">Hash of the one that must be in force now.</param>
    /// <param name="by">Who does it, for the history.</param>
    /// <returns>Null when it is in force, else why not; then the one before is.</returns>
    Task<string?> ApplyAsync(ConfigBundle bundle, string expected, string by, string comment, CancellationToken cancellation);
}
