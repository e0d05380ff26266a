using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>The packs that a hub made for a site: the list that chains them, and where their files are.</summary>
public sealed class PackShelf(string dataDirectory, string site)
{
    private const string IndexName = "packs.jsonl";

    private readonly string _folder = Path.Combine(dataDirectory, "packs", Uri.EscapeDataString(site).Replace(".", "%2E", StringComparison.Ordinal));

    public string Folder => _folder;

    /// <summary>Oldest first.</summary>
    /// <exception cref="IOException">The list cannot be read.</exception>
    public IReadOnlyList<ShelvedPack> List()
    {
        string path = Path.Combine(_folder, IndexName);
        if (!File.Exists(path))
        {
            return [];
        }

        List<ShelvedPack> packs = [];
        foreach (string line in File.ReadLines(path).Where(l => l.Length > 0))
        {
            try
            {
                packs.Add(JsonSerializer.Deserialize(line, ShelfJson.Default.ShelvedPack) ?? throw new JsonException("it is null"));
            }
            catch (JsonException e)
            {
                throw new IOException($"{path}: line {packs.Count + 1} cannot be read: {e.Message}", e);
            }
        }

        return packs;
    }

    public ShelvedPack? Find(string id) => List().LastOrDefault(p => p.Id == id);

    /// <summary>Where a new pack is written before its name is known.</summary>
    public string DraftPath()
    {
        Directory.CreateDirectory(_folder);
        return Path.Combine(_folder, "pack.zip.draft");
    }

    /// <summary>Gives a finished pack its name and adds it to the list.</summary>
    /// <param name="target">Where the person wants it; null keeps it here.</param>
    public ShelvedPack Put(string draft, PackSummary summary, string? target)
    {
        string path = Path.GetFullPath(target ?? Path.Combine(_folder, summary.Manifest.Id + ".zip"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(draft, path, overwrite: true);
        ShelvedPack pack = new(summary.Manifest.Id, path, summary.Manifest.AsOf, summary.Manifest.CreatedAt, summary.ManifestSha256, summary.Manifest.Previous, summary.Bytes);
        using FileStream index = new(Path.Combine(_folder, IndexName), FileMode.Append, FileAccess.Write, FileShare.Read);
        index.Write([.. JsonSerializer.SerializeToUtf8Bytes(pack, ShelfJson.Default.ShelvedPack), (byte)'\n']);
        index.Flush(flushToDisk: true);
        return pack;
    }
}

/// <summary>One pack of the list.</summary>
/// <param name="Previous">SHA-256 of the manifest of the pack before.</param>
public sealed record ShelvedPack(
    string Id, string Path, DateTimeOffset AsOf, DateTimeOffset CreatedAt, string ManifestSha256, string? Previous, long Bytes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ShelvedPack))]
internal sealed partial class ShelfJson : JsonSerializerContext;
