using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;

namespace EdgeAgent.Backup;

/// <summary>Writes one file with everything that a hub or an agent needs to go on elsewhere. The program may be running.</summary>
internal sealed class BackupWriter(TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="output">Written beside under another name and renamed when it is whole.</param>
    /// <param name="passphrase">Null leaves the backup, and the keys in it, in clear.</param>
    /// <exception cref="BackupException">A part cannot be read or written.</exception>
    public BackupManifest Write(LoadedConfig loaded, string configFile, string output, string? passphrase)
    {
        string draft = output + ".new";
        try
        {
            BackupManifest manifest;
            using (Stream stream = Create(draft, passphrase))
            using (GZipStream packed = new(stream, CompressionLevel.Fastest))
            using (TarWriter tar = new(packed, TarEntryFormat.Pax))
            {
                manifest = WriteAll(tar, loaded, configFile, draft + ".part");
            }

            File.Move(draft, output, overwrite: true);
            return manifest;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The backup cannot be written: {problem.Message}", problem);
        }
        finally
        {
            File.Delete(draft);
            File.Delete(draft + ".part");
        }
    }

    private static Stream Create(string path, string? passphrase)
    {
        File.Delete(path);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        FileStream file = new(path, options);
        return passphrase is null ? file : new SealingStream(file, passphrase);
    }

    private BackupManifest WriteAll(TarWriter tar, LoadedConfig loaded, string configFile, string part)
    {
        AppConfig config = loaded.Config!;
        BackupPlaces places = BackupPlaces.Of(config, loaded.Directory);
        DateTimeOffset createdAt = time.GetUtcNow();
        List<BackupEntry> entries = [];
        foreach (BackupSources.Source source in BackupSources.Find(loaded, places))
        {
            File.Delete(part);
            if (FileSnapshot.TryTake(source.File, part))
            {
                entries.Add(Add(tar, source.Path, part, ModeOf(source.File)));
            }
        }

        BackupManifest manifest = new(
            BackupManifest.CurrentFormat, createdAt, ProgramVersion.Text, config.Site, config.Agent?.Id, config.Hub is not null,
            $"{BackupPlaces.Config}/{Path.GetFileName(configFile)}", entries);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.FileName) { DataStream = new MemoryStream(manifest.ToUtf8()), Mode = OwnerOnly });
        return manifest;
    }

    private static BackupEntry Add(TarWriter tar, string path, string copy, UnixFileMode mode)
    {
        using FileStream content = new(copy, FileMode.Open, FileAccess.Read);
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        content.Position = 0;
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = content, Mode = mode });
        return new BackupEntry(path, content.Length, hash, (int)mode);
    }

    private static UnixFileMode ModeOf(string file) => OperatingSystem.IsWindows() ? OwnerOnly : File.GetUnixFileMode(file);
}
