using System.Security.Cryptography;

namespace EdgeAgent.Assessment.Ledger.Storage;

/// <summary>Photos and documents under the hash of their bytes: nothing is kept twice, and nothing changes unseen.</summary>
public sealed class FileVault
{
    /// <summary>A scanned contract of some hundred pages is smaller.</summary>
    public const long FileBytesMax = 256L * 1024 * 1024;

    private const int HashChars = 64;
    private readonly string _folder;

    internal FileVault(string folder) => _folder = folder;

    /// <summary>Keeps a copy of a stream's bytes.</summary>
    /// <returns>Their hash in lower-case hexadecimal, and how many there were.</returns>
    /// <exception cref="IOException">There are more than <see cref="FileBytesMax"/>, or the disk refuses.</exception>
    public (string Sha256, long SizeBytes) Keep(Stream content)
    {
        Directory.CreateDirectory(_folder);
        string fresh = Path.Combine(_folder, $"{Path.GetRandomFileName()}.new");
        try
        {
            (string hash, long size) = Copy(content, fresh);
            string path = PathOf(hash);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(fresh, path, overwrite: true);
            FolderSync.Flush(Path.GetDirectoryName(path)!);
            return (hash, size);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    public bool Has(string sha256) => IsHash(sha256) && File.Exists(PathOf(sha256));

    /// <summary>Opens a kept file; null when it is not there.</summary>
    public Stream? Open(string sha256) => Has(sha256) ? new FileStream(PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read) : null;

    /// <summary>Whether a kept file still has the bytes that it is named after.</summary>
    public bool IsIntact(string sha256)
    {
        using Stream? content = Open(sha256);
        return content is not null && Convert.ToHexStringLower(SHA256.HashData(content)) == sha256;
    }

    private static bool IsHash(string text) => text.Length == HashChars && text.All(c => char.IsAsciiHexDigitLower(c));

    private static (string Hash, long Size) Copy(Stream content, string path)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream target = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        byte[] buffer = new byte[81_920];
        long size = 0;
        for (int read = content.Read(buffer); read > 0; read = content.Read(buffer))
        {
            size += read;
            if (size > FileBytesMax)
            {
                throw new IOException($"The file has more than {FileBytesMax / 1024 / 1024} MiB; attach a smaller one.");
            }

            hash.AppendData(buffer, 0, read);
            target.Write(buffer, 0, read);
        }

        target.Flush(flushToDisk: true);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }

    private string PathOf(string sha256) => Path.Combine(_folder, sha256[..2], sha256);
}
