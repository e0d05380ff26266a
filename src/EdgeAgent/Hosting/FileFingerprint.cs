using System.Security.Cryptography;

namespace EdgeAgent.Hosting;

/// <summary>Notices that the content of a set of files changed.</summary>
/// <remarks>Files are looked at, not subscribed to: notifications do not work on network shares and bind mounts, and editors and
/// configuration tools replace files or swap links in more ways than a watcher sees.</remarks>
internal sealed class FileFingerprint
{
    private readonly IReadOnlyList<string> _files;
    private readonly string _stamps;
    private readonly byte[] _content;

    private FileFingerprint(IReadOnlyList<string> files, string stamps, byte[] content) =>
        (_files, _stamps, _content) = (files, stamps, content);

    public static FileFingerprint Of(IReadOnlyList<string> files) => new(files, Stamps(files), Content(files));

    /// <summary>The fingerprint of now; the same object when nothing was touched.</summary>
    /// <param name="changed">Whether the content differs, not only a time stamp.</param>
    public FileFingerprint Refresh(out bool changed)
    {
        if (Stamps(_files) == _stamps)
        {
            changed = false;
            return this;
        }

        FileFingerprint now = Of(_files);
        changed = !now._content.AsSpan().SequenceEqual(_content);
        return now;
    }

    private static string Stamps(IReadOnlyList<string> files) => string.Join('|', files.Select(static file =>
    {
        // Follow links: a ConfigMap of Kubernetes swaps a link, the link itself stays as it was.
        FileSystemInfo info = new FileInfo(file);
        info = info.Exists ? info.ResolveLinkTarget(returnFinalTarget: true) ?? info : info;
        return info is FileInfo { Exists: true } found ? $"{found.FullName}:{found.LastWriteTimeUtc.Ticks}:{found.Length}" : "-";
    }));

    private static byte[] Content(IReadOnlyList<string> files)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
        {
            try
            {
                byte[] bytes = File.ReadAllBytes(file);
                hash.AppendData(BitConverter.GetBytes(bytes.LongLength));
                hash.AppendData(bytes);
            }
            catch (IOException)
            {
                hash.AppendData([0xFF]); // Missing or half-written: differs from every content, looked at again soon.
            }
            catch (UnauthorizedAccessException)
            {
                hash.AppendData([0xFE]);
            }
        }

        return hash.GetHashAndReset();
    }
}
