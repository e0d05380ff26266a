using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Configuring;

/// <summary>Writes a configuration with its tables so that a reader sees each file whole, old or new, and the file itself last.</summary>
internal static class ConfigWriter
{
    /// <exception cref="IOException">Something cannot be written; what was written before is as it was again.</exception>
    public static void Write(string configPath, ConfigBundle before, ConfigBundle after)
    {
        string full = Path.GetFullPath(configPath);
        string directory = Path.GetDirectoryName(full)!;
        (string Path, byte[]? Old, byte[] New)[] files =
        [
            .. after.Tables.Where(t => !before.Tables.TryGetValue(t.Key, out byte[]? old) || !old.AsSpan().SequenceEqual(t.Value))
                .Select(t => (Path.GetFullPath(t.Key, directory), before.Tables.GetValueOrDefault(t.Key), t.Value)),
            .. before.Main.AsSpan().SequenceEqual(after.Main) ? Array.Empty<(string, byte[]?, byte[])>() : [(full, before.Main, after.Main)],
        ];
        int written = 0;
        try
        {
            foreach ((string path, _, byte[] bytes) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                Replace(path, bytes);
                written++;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            foreach ((string path, byte[]? old, _) in files.Take(written))
            {
                PutBack(path, old);
            }

            throw new IOException($"The configuration cannot be written: {problem.Message} Nothing was changed. The user that the program runs as needs to write {directory}.", problem);
        }
    }

    private static void PutBack(string path, byte[]? old)
    {
        if (old is null)
        {
            File.Delete(path);
        }
        else
        {
            Replace(path, old);
        }
    }

    private static void Replace(string path, byte[] bytes)
    {
        // A link stays a link: what it leads to is written.
        string target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path;
        string draft = target + ".new";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            options.UnixCreateMode = File.GetUnixFileMode(target);
        }

        using (FileStream stream = new(draft, options))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, target, overwrite: true);
    }
}
