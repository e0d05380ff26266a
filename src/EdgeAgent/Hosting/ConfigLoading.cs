using System.Net;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web;

namespace EdgeAgent.Hosting;

/// <summary>Loads a configuration and lets every part of the program check its own section, without touching a device or the network.</summary>
internal static class ConfigLoading
{
    /// <param name="path">The configuration file.</param>
    /// <param name="sections">JSON paths of what will be used, where secrets must be at hand; none given: all.</param>
    public static LoadedConfig Load(string path, params string[] sections)
    {
        return Checked(ConfigFile.Load(path, Environment.GetEnvironmentVariable, sections.Length == 0 ? null : IsIn));

        bool IsIn(ConfigPath place) => sections.Any(section => place.Text.StartsWith(section, StringComparison.Ordinal));
    }

    /// <summary>The same for a draft in memory.</summary>
    /// <param name="path">Where it would be written.</param>
    /// <param name="withAssessment">Whether ledger and rule pack are looked at too, as <c>edgeagent check</c> does.</param>
    public static LoadedConfig Parse(ConfigBundle draft, string path, bool withAssessment)
    {
        string full = Path.GetFullPath(path);
        string directory = Path.GetDirectoryName(full)!;
        Dictionary<string, byte[]> tables = draft.Tables.ToDictionary(table => Path.GetFullPath(table.Key, directory), table => table.Value, StringComparer.Ordinal);
        LoadedConfig loaded = Checked(ConfigFile.Parse(draft.Main, full, directory, Environment.GetEnvironmentVariable, null, tables));
        if (withAssessment && loaded.Config?.Hub is { } hub)
        {
            AssessmentCheck.AddTo(loaded.Errors, hub);
        }

        return loaded;
    }

    /// <summary>A configuration of another machine: its variables and secret files are not here, so they are not looked up.</summary>
    public static LoadedConfig ParseForeign(ConfigBundle draft)
    {
        string directory = Path.Combine(Path.GetTempPath(), "edgeagent-elsewhere");
        Dictionary<string, byte[]> tables = draft.Tables.ToDictionary(table => Path.GetFullPath(table.Key, directory), table => table.Value, StringComparer.Ordinal);
        return Checked(ConfigFile.Parse(draft.Main, Path.Combine(directory, "configuration"), directory, static _ => null, static _ => false, tables));
    }

    private static LoadedConfig Checked(LoadedConfig loaded)
    {
        if (loaded.Config is { } config)
        {
            foreach (Action<AppConfig, ConfigErrors> check in Checks)
            {
                check(config, loaded.Errors);
            }
        }

        return loaded;
    }

    /// <summary>One line each; a part that has something to check adds its own.</summary>
    private static readonly Action<AppConfig, ConfigErrors>[] Checks =
    [
        CheckListen,
        CheckRoles,
        CheckDrivers,
    ];

    private static void CheckDrivers(AppConfig config, ConfigErrors errors)
    {
        if (config.Agent is { } agent)
        {
            PlantCompiler.Check(agent, DriverRegistry.CreateDefault(), errors);
        }
    }

    private static void CheckListen(AppConfig config, ConfigErrors errors)
    {
        if (config.Web is not { } web)
        {
            return;
        }

        ConfigPath path = ConfigPath.Root.Member("web").Member("listen");
        if (!ListenAddress.TryParse(web.Listen, out IPEndPoint address))
        {
            errors.Add(path, $"'{web.Listen}' is not an address to listen on", ListenAddress.Expected, "");
        }
        else if (web.Https is null && !IPAddress.IsLoopback(address.Address))
        {
            errors.Warn(path, "the pages are open to the network without HTTPS: passwords and tokens can be read on the way", "https, or a loopback address behind a proxy that has it", "add \"https\": { \"generated\": true } to the web section");
        }
    }

    private static void CheckRoles(AppConfig config, ConfigErrors errors)
    {
        if (config.Agent is null && config.Hub is null && config.Broker is null)
        {
            errors.Add(ConfigPath.Root, "nothing to do: no role has a section", "at least one of agent, hub, broker", "see configs/ for samples");
        }

        if (config.Hub is { Broker: null } && config.Broker is null)
        {
            errors.Add(
                ConfigPath.Root.Member("hub"),
                "the hub has no broker to receive from",
                "a broker in the hub's section, or the embedded one",
                "add \"broker\": { \"listen\": \"127.0.0.1:1883\" } at the top level");
        }
    }
}
