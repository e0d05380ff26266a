using System.Text.Json;

namespace EdgeAgent.Collector.Drivers.FileTail;

/// <summary>Keeps positions on disk from one run to the next.</summary>
/// <param name="path">Null keeps nothing, as for reading on demand.</param>
internal sealed class PositionFile(string? path)
{
    /// <returns>Null when nothing was kept yet: this is the very first start.</returns>
    public List<TailPosition>? Load()
    {
        if (path is null || !File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), FileTailSettingsJson.Default.ListTailPosition);
        }
        catch (JsonException)
        {
            // Written whole or not at all, so this is a damaged disk. Reading anew what is there loses nothing.
            return [];
        }
    }

    /// <param name="toDisk">Whether it must outlast a power cut; without, it outlasts the end of the process.</param>
    public void Save(List<TailPosition> positions, bool toDisk)
    {
        if (path is null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string beside = path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(positions, FileTailSettingsJson.Default.ListTailPosition));
            file.Flush(flushToDisk: toDisk);
        }

        File.Move(beside, path, overwrite: true);
    }
}
