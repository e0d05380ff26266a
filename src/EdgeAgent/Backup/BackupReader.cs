using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace EdgeAgent.Backup;

/// <summary>Unpacks a backup into a folder and checks that it is whole and unchanged before anything is put in its place.</summary>
internal static class BackupReader
{
    /// <exception cref="BackupException">It is no backup, damaged, or sealed with another passphrase.</exception>
    public static BackupManifest Unpack(string file, string? passphrase, string folder)
    {
        try
        {
            using Stream stream = Open(file, passphrase);
            using GZipStream packed = new(stream, CompressionMode.Decompress);
            using TarReader tar = new(packed);
            return UnpackAll(tar, folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            throw new BackupException($"The backup {file} cannot be read: {problem.Message}", problem);
        }
    }

    private static Stream Open(string file, string? passphrase)
    {
        FileStream stream = new(file, FileMode.Open, FileAccess.Read);
        byte[] start = new byte[SealedFormat.Magic.Length];
        bool isSealed = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && SealedFormat.Magic.SequenceEqual(start);
        stream.Position = 0;
        if (!isSealed)
        {
            return stream;
        }

        return passphrase is null
            ? throw new BackupException($"{file} is encrypted; give its passphrase with --passphrase-file, or in EDGEAGENT_BACKUP_PASSPHRASE.")
            : new UnsealingStream(stream, passphrase);
    }

    private static BackupManifest UnpackAll(TarReader tar, string folder)
    {
        BackupManifest? manifest = null;
        Dictionary<string, (long Bytes, string Sha256)> found = new(StringComparer.Ordinal);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType != TarEntryType.RegularFile)
            {
                throw new BackupException($"The backup is damaged: {entry.Name} is no plain file.");
            }

            if (entry.Name == BackupManifest.FileName)
            {
                using MemoryStream text = new();
                entry.DataStream?.CopyTo(text);
                manifest = BackupManifest.Parse(text.ToArray());
                continue;
            }

            string target = Path.GetFullPath(entry.Name, folder);
            if (!BackupPlaces.IsInside(target, folder))
            {
                throw new BackupException($"The backup is damaged: {entry.Name} leads out of its folder.");
            }

            found[entry.Name] = Save(entry.DataStream ?? Stream.Null, target);
        }

        if (manifest is null)
        {
            throw new BackupException("The backup is cut off: it has no manifest.");
        }

        foreach (BackupEntry expected in manifest.Files)
        {
            if (!found.TryGetValue(expected.Path, out var file) || file != (expected.Bytes, expected.Sha256))
            {
                throw new BackupException($"The backup is damaged: {expected.Path} is missing, or not what was written.");
            }
        }

        return manifest;
    }

    private static (long Bytes, string Sha256) Save(Stream content, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using FileStream file = new(target, FileMode.CreateNew, FileAccess.ReadWrite);
        content.CopyTo(file);
        file.Flush(flushToDisk: true);
        file.Position = 0;
        return (file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
