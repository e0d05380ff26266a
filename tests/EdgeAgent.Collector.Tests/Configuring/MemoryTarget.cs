using EdgeAgent.Collector.Configuring;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Tests.Configuring;

/// <summary>A configuration in memory that remembers what was applied.</summary>
internal sealed class MemoryTarget(ConfigBundle start) : IConfigTarget
{
    public ConfigBundle Now { get; set; } = start;

    public List<(string By, string Comment)> Applied { get; } = [];

    /// <summary>Why applying fails, or null.</summary>
    public string? Fails { get; set; }

    public ConfigBundle Read() => Now;

    public LoadedConfig Check(ConfigBundle bundle) => ConfigFile.Parse(bundle.Main, "config.json", "/nowhere", static _ => "x", null,
        bundle.Tables.ToDictionary(static t => Path.GetFullPath(t.Key, "/nowhere"), static t => t.Value));

    public Task<string?> ApplyAsync(ConfigBundle bundle, string expected, string by, string comment, CancellationToken cancellation)
    {
        if (Fails is not null || expected != Now.Hash)
        {
            return Task.FromResult<string?>(Fails ?? "changed");
        }

        IReadOnlyList<string> named = ConfigBundle.TableKeys(bundle.Main);
        Now = new ConfigBundle(bundle.Main, bundle.Tables.Where(t => named.Contains(t.Key)).ToDictionary()); // As it is read from the disk.
        Applied.Add((by, comment));
        return Task.FromResult<string?>(null);
    }
}
