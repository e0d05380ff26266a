using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeAgent.Protocols.OpcUa.Certificates;

/// <summary>The files of a certificate store: `own`, `trusted`, `issuers` and `rejected` under one directory.</summary>
internal sealed class CertificateFolders(string directory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Root { get; } = Path.GetFullPath(directory);

    public string OwnCertificate => Path.Combine(Folder("own"), "certificate.der");

    public string OwnKey => Path.Combine(Folder("own"), "key.pem");

    public string Folder(string name) => Path.Combine(Root, name);

    /// <summary>Certificates of a folder: `.der`, `.cer`, `.crt` and `.pem` files. What cannot be read is passed over.</summary>
    public IEnumerable<(string Path, X509Certificate2 Certificate)> Read(string folder)
    {
        foreach (string path in Files(folder, ".der", ".cer", ".crt", ".pem"))
        {
            X509Certificate2 certificate;
            try
            {
                certificate = X509CertificateLoader.LoadCertificateFromFile(path);
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
            {
                continue;
            }
            yield return (path, certificate);
        }
    }

    /// <summary>The revocation lists of a folder, as they are.</summary>
    public IEnumerable<byte[]> ReadRevocations(string folder) => Files(folder, ".crl").Select(File.ReadAllBytes);

    public string Write(string folder, X509Certificate2 certificate)
    {
        string name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        string plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_').Take(60)).TrimStart('.');
        string path = Path.Combine(Folder(folder), $"{plain} [{certificate.Thumbprint}].der");
        Write(path, certificate.RawData, isSecret: false);
        return path;
    }

    /// <summary>Writes a file whole or not at all; a secret one can be read by nobody else from its first byte on.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, bool isSecret)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string written = path + ".new";
        File.Delete(written);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        using (var file = new FileStream(written, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(written, path, overwrite: true);
    }

    private IEnumerable<string> Files(string folder, params string[] extensions) => Directory.Exists(Folder(folder))
        ? Directory.EnumerateFiles(Folder(folder)).Where(path => extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)
        : [];
}
