using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;

namespace EdgeAgent.Backup;

/// <summary>Puts a backup in place on a machine that has none of it, so that the agent or hub goes on where the backup ends.</summary>
internal sealed class BackupRestore(TimeProvider time)
{
    /// <param name="ConfigFile">Where the configuration lies now.</param>
    /// <param name="NextSequence">The agent's next batch; null without an agent or buffer.</param>
    /// <param name="Kept">Files outside the configuration's folder that were there already and were left as they are.</param>
    internal sealed record Outcome(BackupManifest Manifest, string ConfigFile, long? NextSequence, IReadOnlyList<string> Kept);

    /// <exception cref="BackupException">The backup is not whole, something is in its way, or the clock cannot be right.</exception>
    public Outcome Restore(string file, string? passphrase, string configDirectory)
    {
        configDirectory = Path.GetFullPath(configDirectory);
        Directory.CreateDirectory(configDirectory);
        string staging = Path.Combine(configDirectory, ".restoring");
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }

        CreatePrivate(staging);
        try
        {
            BackupManifest manifest = BackupReader.Unpack(file, passphrase, staging);
            TimeSpan age = time.GetUtcNow() - manifest.CreatedAt;
            return age >= TimeSpan.Zero
                ? Place(manifest, staging, configDirectory, age)
                : throw new BackupException(
                    $"The clock of this machine says {time.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z, and the backup was made at {manifest.CreatedAt:yyyy-MM-dd HH:mm:ss}Z. "
                    + "Set the clock first: how many batches were made since the backup is reckoned from it.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The backup cannot be put in place: {problem.Message}", problem);
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private static void CreatePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static Outcome Place(BackupManifest manifest, string staging, string configDirectory, TimeSpan age)
    {
        List<string> placed = [];
        List<string> kept = [];
        try
        {
            // The configuration first, where it will lie: only then do its relative paths say where the data goes.
            BackupPlaces config = new(configDirectory, null, null, null);
            RequireNoneOf(manifest.Files.Where(IsConfig).Select(entry => config.TargetOf(entry.Path)));
            Move(manifest.Files.Where(entry => IsConfig(entry) || IsOutside(entry)), config, staging, placed, kept);
            string configFile = config.TargetOf(manifest.Config);
            AppConfig read = ReadConfig(configFile);
            BackupPlaces places = BackupPlaces.Of(read, configDirectory);
            RequireEmpty(places);
            Move(manifest.Files.Where(entry => !IsConfig(entry) && !IsOutside(entry)), places, staging, placed, kept);
            return new Outcome(manifest, configFile, MarkBuffer(read, age), kept);
        }
        catch
        {
            placed.ForEach(File.Delete);
            throw;
        }
    }

    private static bool IsConfig(BackupEntry entry) => entry.Path.StartsWith(BackupPlaces.Config + "/", StringComparison.Ordinal);

    private static bool IsOutside(BackupEntry entry) => entry.Path.StartsWith(BackupPlaces.Outside + "/", StringComparison.Ordinal);

    private static void Move(IEnumerable<BackupEntry> entries, BackupPlaces places, string staging, List<string> placed, List<string> kept)
    {
        foreach (BackupEntry entry in entries)
        {
            string target = places.TargetOf(entry.Path);
            if (File.Exists(target))
            {
                kept.Add(target);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(Path.Combine(staging, entry.Path), target);
            placed.Add(target);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(target, (UnixFileMode)entry.Mode);
            }
        }
    }

    private static AppConfig ReadConfig(string file) => ConfigLoading.Load(file, "$.site", "$.agent.id") is { Config: { } config }
        ? config
        : throw new BackupException($"The configuration in the backup cannot be read; `edgeagent check {Path.GetFileName(file)}` on the old machine says why.");

    private static void RequireEmpty(BackupPlaces places)
    {
        foreach ((_, string directory) in places.Data)
        {
            if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            {
                throw new BackupException($"{directory} is not empty. A backup is only put where nothing is: move the directory away first.");
            }
        }
    }

    private static void RequireNoneOf(IEnumerable<string> targets)
    {
        if (targets.FirstOrDefault(File.Exists) is { } there)
        {
            throw new BackupException($"{there} is there already. A backup is only put where nothing is: move the file away, or name another directory.");
        }
    }

    private static long? MarkBuffer(AppConfig config, TimeSpan age)
    {
        if (config.Agent is not { } agent)
        {
            return null;
        }

        string directory = Path.Combine(agent.DataDirectory, BatchBuffer.DirectoryName);
        return Directory.Exists(directory) ? RestoredBuffer.Mark(directory, BatchesMost(agent, age)) : null;
    }

    /// <summary>More batches than this agent can have made in that time: twice what flushing and filling come to, and a reserve for clocks.</summary>
    private static long BatchesMost(AgentConfig agent, TimeSpan age)
    {
        double readingsPerSecond = agent.Endpoints.SelectMany(endpoint => endpoint.Devices).SelectMany(device => device.Tags)
            .Sum(tag => 1000.0 / (agent.ScanClasses.TryGetValue(tag.Scan ?? "normal", out ScanClassConfig? scan) ? scan.IntervalMs : 1000));
        double perSecond = 2 * ((1000.0 / agent.FlushIntervalMs) + (readingsPerSecond / agent.ReadingsPerBatchMax)) + 8;
        return (long)Math.Ceiling((age.TotalSeconds + 3600) * perSecond);
    }
}
