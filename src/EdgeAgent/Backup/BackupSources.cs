using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Backup;

/// <summary>Finds everything that belongs into a backup, in the order in which it must be read while the program runs.</summary>
internal static class BackupSources
{
    /// <param name="Path">Within the backup.</param>
    /// <param name="File">On disk.</param>
    internal readonly record struct Source(string Path, string File);

    public static IEnumerable<Source> Find(LoadedConfig loaded, BackupPlaces places)
    {
        foreach (string file in ConfigFiles(loaded).Where(File.Exists).Select(Path.GetFullPath).Distinct(StringComparer.Ordinal))
        {
            if (!places.Data.Any(place => BackupPlaces.IsInside(file, place.Directory)))
            {
                yield return BackupPlaces.IsInside(file, places.ConfigDirectory)
                    ? new Source($"{BackupPlaces.Config}/{Path.GetRelativePath(places.ConfigDirectory, file)}", file)
                    : new Source($"{BackupPlaces.Outside}{file}", file);
            }
        }

        foreach ((string part, string directory) in places.Data.Where(place => Directory.Exists(place.Directory)))
        {
            foreach (string file in InReadingOrder(directory))
            {
                yield return new Source($"{part}/{Path.GetRelativePath(directory, file)}", file);
            }
        }
    }

    private static IEnumerable<string> ConfigFiles(LoadedConfig loaded)
    {
        AppConfig config = loaded.Config!;
        IEnumerable<TlsConfig?> tls = [.. config.Agent?.Publishers.Select(publisher => publisher.Tls) ?? [], config.Hub?.Broker?.Tls, config.Hub?.Store.Tls];
        IEnumerable<string?> named =
        [
            .. loaded.Files,
            .. tls.SelectMany(t => (string?[])[t?.CaFile, t?.CertificateFile, t?.KeyFile]),
            config.Broker?.CertificateFile, config.Broker?.KeyFile, config.Broker?.ClientCaFile,
            config.Hub?.Ledger, config.Hub?.Points, config.Hub?.RulePack is { } pack && Path.IsPathRooted(pack) ? pack : null,
        ];
        // Certificates that people trusted, and templates of the plant's own, lie in folders beside the configuration.
        return named.OfType<string>().Concat(((string[])["pki", "templates"])
            .Select(folder => Path.Combine(loaded.Directory, folder)).Where(Directory.Exists).SelectMany(InReadingOrder));
    }

    /// <summary>Heads before the chains that must reach them, chains before the files that they name: whoever writes goes the other way.</summary>
    private static IEnumerable<string> InReadingOrder(string directory) => Directory
        .EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        .Where(file => IsKept(Path.GetRelativePath(directory, file)))
        .OrderBy(file => Path.GetFileName(file) == "head" ? 0 : IsLines(file) ? 1 : 2)
        .ThenBy(file => file, StringComparer.Ordinal);

    /// <summary>A file to which lines are only ever added.</summary>
    public static bool IsLines(string file) => file.EndsWith(".jsonl", StringComparison.Ordinal);

    /// <remarks>What a database leaves beside itself is in its copy; locks and drafts mean something only to a running process; refused
    /// batches and damaged databases are kept for looking at on the machine where it happened.</remarks>
    private static bool IsKept(string relative)
    {
        string name = Path.GetFileName(relative);
        return !relative.StartsWith("refused/", StringComparison.Ordinal)
            && !name.StartsWith("buffer.damaged-", StringComparison.Ordinal)
            && name is not ("lock" or "buffer.reserve")
            && !((string[])["-wal", "-shm", "-journal", ".lock", ".new"]).Any(end => name.EndsWith(end, StringComparison.Ordinal));
    }
}
