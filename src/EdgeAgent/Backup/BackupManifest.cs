using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Backup;

/// <summary>The last entry of a backup: of what and when it was made, and what must be in it.</summary>
/// <param name="Format">Version of the layout.</param>
/// <param name="CreatedAt">Before the first file was read.</param>
/// <param name="Config">Path of the main configuration file in the backup.</param>
/// <param name="Agent">The agent's id; null without one.</param>
/// <param name="Hub">Whether a hub's data is in it.</param>
internal sealed record BackupManifest(
    int Format,
    DateTimeOffset CreatedAt,
    string Version,
    string Site,
    string? Agent,
    bool Hub,
    string Config,
    IReadOnlyList<BackupEntry> Files)
{
    public const string FileName = "manifest.json";
    public const int CurrentFormat = 1;

    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupManifest);

    /// <exception cref="BackupException">It is damaged, or of a newer program.</exception>
    public static BackupManifest Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            BackupManifest manifest = JsonSerializer.Deserialize(utf8, BackupJson.Default.BackupManifest)!;
            return manifest.Format == CurrentFormat
                ? manifest
                : throw new BackupException($"The backup has format {manifest.Format}, and this program knows {CurrentFormat}; it was made by version {manifest.Version}.");
        }
        catch (JsonException damaged)
        {
            throw new BackupException($"The backup's manifest cannot be read: {damaged.Message}", damaged);
        }
    }
}

/// <param name="Path">Within the backup, with slashes.</param>
/// <param name="Mode">Unix permissions.</param>
internal sealed record BackupEntry(string Path, long Bytes, string Sha256, int Mode);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
