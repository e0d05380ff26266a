using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeAgent.Protocols.OpcUa.Certificates;

/// <summary>
/// The certificates of this installation in a directory: our own, the servers that are trusted, issuers, and servers that
/// were rejected and may be accepted. Read anew for each decision, so that what a person changes counts at once.
/// </summary>
public sealed class OpcUaCertificateStore(string directory, TimeProvider? time = null)
{
    /// <summary>Rejected certificates beyond this many push out the oldest: a hostile network must not fill the disk.</summary>
    private const int RejectedMax = 100;

    // So long before it expires our own certificate is renewed, and there is time to have the new one trusted.
    private static readonly TimeSpan s_renewedBefore = TimeSpan.FromDays(60);

    private static readonly Lock s_gate = new();

    private readonly CertificateFolders _folders = new(directory);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public string Directory => _folders.Root;

    /// <summary>Where a store is unless somebody says otherwise, relative to the working directory.</summary>
    public const string DefaultDirectory = "pki";

    /// <summary>How a person accepts a rejected certificate; `{0}` stands for the thumbprint.</summary>
    public string TrustCommand { get; init; } = $"edgeagent trust {{0}} --store {Path.GetFullPath(directory)}";

    /// <summary>Our own certificate with its key; made when there is none for this application, or it expires soon. To be disposed.</summary>
    /// <exception cref="IOException">The files cannot be written or read.</exception>
    public X509Certificate2 GetOwn(string applicationName, string applicationUri)
    {
        lock (s_gate)
        {
            if (TryReadOwn() is { } own)
            {
                if (CertificateNames.Of(own).ApplicationUri == applicationUri && own.NotAfter.ToUniversalTime() - s_renewedBefore > _time.GetUtcNow())
                {
                    return own;
                }
                // Kept, because servers may still list it and somebody may want to know what was replaced.
                CertificateFolders.Write(Path.Combine(_folders.Folder("own"), $"replaced-{own.Thumbprint}.der"), own.RawData, isSecret: false);
                own.Dispose();
            }
            using X509Certificate2 made = OwnCertificateMaker.Make(applicationName, applicationUri, Environment.MachineName.ToLowerInvariant(), _time.GetUtcNow());
            using RSA key = made.GetRSAPrivateKey()!;
            CertificateFolders.Write(_folders.OwnKey, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()), isSecret: true);
            CertificateFolders.Write(_folders.OwnCertificate, made.RawData, isSecret: false);
            return TryReadOwn() ?? throw new IOException($"The certificate in {_folders.Folder("own")} cannot be read back.");
        }
    }

    /// <summary>Judges a server's certificate. A refused one is kept in `rejected`.</summary>
    /// <param name="chain">The certificate, with its issuers behind it if the server sent them.</param>
    public CertificateVerdict Check(ReadOnlySpan<byte> chain, CertificateExpectation expected)
    {
        X509Certificate2Collection sent = CertificateChain.Read(chain);
        if (sent.Count == 0)
        {
            return new CertificateVerdict(StatusCodes.BadCertificateInvalid, "the server's certificate cannot be read");
        }
        X509Certificate2 certificate = sent[0];
        var check = new CertificateCheck(
            [.. _folders.Read("trusted").Select(c => c.Certificate)],
            [.. _folders.Read("issuers").Select(c => c.Certificate)],
            [.. _folders.ReadRevocations("issuers").Concat(_folders.ReadRevocations("trusted")).Select(RevocationList.TryRead).OfType<RevocationList>()],
            _time.GetUtcNow());
        CertificateVerdict verdict;
        try
        {
            verdict = check.Judge(certificate, sent, expected);
        }
        catch (CryptographicException unreadable)
        {
            // Parts of a certificate are only read when they are looked at.
            return new CertificateVerdict(StatusCodes.BadCertificateInvalid, $"the server's certificate cannot be read: {unreadable.Message}");
        }
        if (verdict.IsAccepted)
        {
            return verdict;
        }
        string kept = verdict.Status.Value == StatusCodes.BadCertificateUntrusted ? Keep(certificate) : "";
        return verdict with { Reason = $"the certificate of {certificate.Subject} with thumbprint {certificate.Thumbprint} was refused: {verdict.Reason}{kept}" };
    }

    /// <summary>The certificates of a folder: `trusted`, `issuers` or `rejected`.</summary>
    public IReadOnlyList<TrustEntry> List(string folder) => [.. _folders.Read(folder).Select(c => TrustEntry.Of(folder, c.Path, c.Certificate))];

    /// <summary>Our own certificate, if there is one yet.</summary>
    public TrustEntry? Own
    {
        get
        {
            using X509Certificate2? own = TryReadOwn();
            return own is null ? null : TrustEntry.Of("own", _folders.OwnCertificate, own);
        }
    }

    /// <summary>Moves a rejected certificate to the trusted ones.</summary>
    public void Trust(TrustEntry rejected) => Move(rejected, "trusted");

    /// <summary>Moves a trusted certificate back to the rejected ones.</summary>
    public void Distrust(TrustEntry trusted) => Move(trusted, "rejected");

    private void Move(TrustEntry entry, string folder)
    {
        lock (s_gate)
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(entry.Path);
            _folders.Write(folder, certificate);
            File.Delete(entry.Path);
        }
    }

    private string Keep(X509Certificate2 certificate)
    {
        lock (s_gate)
        {
            try
            {
                _folders.Write("rejected", certificate);
                var folder = new DirectoryInfo(_folders.Folder("rejected"));
                foreach (FileInfo old in folder.EnumerateFiles("*.der").OrderByDescending(f => f.LastWriteTimeUtc).Skip(RejectedMax))
                {
                    old.Delete();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return $"; it could not be kept in {_folders.Folder("rejected")} ({e.Message})";
            }
        }
        return $"; compare the thumbprint with the one that the server shows, then accept it: {string.Format(System.Globalization.CultureInfo.InvariantCulture, TrustCommand, certificate.Thumbprint)}";
    }

    private X509Certificate2? TryReadOwn()
    {
        if (!File.Exists(_folders.OwnCertificate) || !File.Exists(_folders.OwnKey))
        {
            return null;
        }
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(_folders.OwnCertificate);
            using RSA key = RSA.Create();
            key.ImportFromPem(File.ReadAllText(_folders.OwnKey));
            return certificate.CopyWithPrivateKey(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new IOException($"{_folders.OwnCertificate} and {_folders.OwnKey} do not belong together or are damaged ({e.Message}); delete both to have new ones made", e);
        }
    }
}
