using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Backup;

/// <summary>Which directory each part of a backup belongs to, as one configuration says it.</summary>
internal sealed record BackupPlaces(string ConfigDirectory, string? AgentDirectory, string? HubDirectory, string? StoreDirectory)
{
    public const string Config = "config";
    public const string Agent = "agent";
    public const string Hub = "hub";
    public const string Store = "store";

    /// <summary>Files that the configuration names and that lie elsewhere, by their absolute path.</summary>
    public const string Outside = "outside";

    public static BackupPlaces Of(AppConfig config, string configDirectory)
    {
        string? hub = config.Hub?.DataDirectory;
        string? store = config.Hub?.Store.Path;
        return new BackupPlaces(configDirectory, config.Agent?.DataDirectory, hub, store is null || hub is null || IsInside(store, hub) ? null : store);
    }

    /// <summary>The data directories that there are, with the part's name.</summary>
    public IEnumerable<(string Part, string Directory)> Data =>
        from place in ((string Part, string? Directory)[])[(Agent, AgentDirectory), (Hub, HubDirectory), (Store, StoreDirectory)]
        where place.Directory is not null
        select (place.Part, place.Directory);

    public static bool IsInside(string path, string directory) =>
        Path.GetRelativePath(directory, path) is var relative && relative != ".." && !relative.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(relative);

    /// <summary>Where a file of a backup goes.</summary>
    /// <exception cref="BackupException">Its path leads out of its directory, or to a part that this configuration does not have.</exception>
    public string TargetOf(string entry)
    {
        int slash = entry.IndexOf('/', StringComparison.Ordinal);
        string part = slash < 0 ? entry : entry[..slash];
        string inside = slash < 0 ? "" : entry[(slash + 1)..];
        string? directory = part == Config ? ConfigDirectory : part == Outside ? "/" : Data.FirstOrDefault(place => place.Part == part).Directory;
        if (directory is null)
        {
            throw new BackupException($"The backup holds {entry}, and its configuration has no place for it.");
        }

        string target = Path.GetFullPath(inside, directory);
        return inside.Length > 0 && IsInside(target, directory)
            ? target
            : throw new BackupException($"The backup is damaged: {entry} leads out of its directory.");
    }
}
