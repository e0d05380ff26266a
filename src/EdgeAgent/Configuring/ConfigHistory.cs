using System.Globalization;
using System.Text.Json;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Configuring;

/// <summary>The versions of a configuration that were in force, each whole, in the folder <c>history</c> beside the file.</summary>
/// <remarks>Readable by the owner only: a configuration may hold passwords.</remarks>
internal sealed class ConfigHistory(string configPath, TimeProvider time)
{
    /// <summary>The oldest ones make room.</summary>
    public const int KeptMax = 200;

    private const string EntryName = "entry.json";
    private const string MainName = "config.json";
    private const string TablesName = "tables";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder = Path.Combine(
        Path.GetDirectoryName(Path.GetFullPath(configPath))!, "history", Path.GetFileNameWithoutExtension(configPath));

    /// <summary>Newest first.</summary>
    public IReadOnlyList<HistoryEntry> List()
    {
        if (!Directory.Exists(_folder))
        {
            return [];
        }

        return [.. Directory.GetDirectories(_folder).OrderDescending(StringComparer.Ordinal).Select(static d => ReadEntry(d)).OfType<HistoryEntry>()];
    }

    public HistoryEntry? Find(string id) => List().FirstOrDefault(e => e.Id == id);

    /// <exception cref="IOException">It cannot be read.</exception>
    public ConfigBundle Read(string id)
    {
        HistoryEntry entry = Find(id) ?? throw new FileNotFoundException($"There is no version {id}.");
        string folder = Path.Combine(_folder, entry.Id);
        string tables = Path.Combine(folder, TablesName);
        Dictionary<string, byte[]> found = new(StringComparer.Ordinal);
        foreach (string file in Directory.Exists(tables) ? Directory.GetFiles(tables, "*", SearchOption.AllDirectories) : [])
        {
            found[Path.GetRelativePath(tables, file).Replace('\\', '/')] = File.ReadAllBytes(file);
        }

        return new ConfigBundle(File.ReadAllBytes(Path.Combine(folder, MainName)), found);
    }

    /// <summary>Keeps a version, unless it is the newest one already.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public HistoryEntry? KeepFound(ConfigBundle bundle) =>
        List() is [{ } newest, ..] && newest.Hash == bundle.Hash ? null : Add(bundle, "", "", "found");

    /// <exception cref="IOException">The folder cannot be written.</exception>
    public HistoryEntry Add(ConfigBundle bundle, string by, string comment, string outcome)
    {
        DateTimeOffset now = time.GetUtcNow();
        string id = IdOf(now, bundle.Hash);
        string folder = Path.Combine(_folder, id), draft = folder + ".new";
        CreatePrivate(Path.Combine(draft, TablesName));
        HistoryEntry entry = new(id, now, by, comment, bundle.Hash, outcome);
        File.WriteAllBytes(Path.Combine(draft, MainName), bundle.Main);
        foreach ((string key, byte[] bytes) in bundle.Tables.Where(static t => ConfigBundle.IsInside(t.Key)))
        {
            string path = Path.Combine(draft, TablesName, key);
            CreatePrivate(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }

        File.WriteAllBytes(Path.Combine(draft, EntryName), JsonSerializer.SerializeToUtf8Bytes(entry, ConfiguringJson.Default.HistoryEntry));
        Directory.Move(draft, folder);
        Trim();
        return entry;
    }

    /// <remarks>Two within a millisecond, and one after a clock that went back, still sort behind what is there.</remarks>
    private string IdOf(DateTimeOffset now, string hash)
    {
        string stem = now.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        int number = 0;
        if (List() is [{ } newest, ..] && newest.Id.Split('-') is [var last, var counted, _] && string.CompareOrdinal(stem, last) <= 0
            && int.TryParse(counted, NumberStyles.None, CultureInfo.InvariantCulture, out int before))
        {
            (stem, number) = (last, before + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{stem}-{number:D4}-{hash[..8]}");
    }

    private void Trim()
    {
        foreach (HistoryEntry old in List().Skip(KeptMax))
        {
            Directory.Delete(Path.Combine(_folder, old.Id), recursive: true);
        }
    }

    private static HistoryEntry? ReadEntry(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, EntryName)), ConfiguringJson.Default.HistoryEntry);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null; // Half-written by a program that was killed, or not ours.
        }
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }
}
