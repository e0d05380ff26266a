using System.Security.Cryptography;
using System.Text;

namespace EdgeAgent.Core.Batches;

/// <summary>The agent's key on disk: <c>agent.key</c> (PKCS#8 PEM, readable by its owner only) and <c>agent.pub</c> beside it.</summary>
public static class AgentKeyFile
{
    public const string PrivateName = "agent.key";
    public const string PublicName = "agent.pub";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads the key of a data directory, or creates it when there is none.</summary>
    /// <exception cref="AgentKeyException">The key cannot be read, is not a P-256 key, or others than its owner may read it.</exception>
    public static EcdsaBatchSigner LoadOrCreate(string directory) => LoadOrCreate(directory, PrivateName, PublicName);

    /// <summary>As the agent's own key, under other names: the hub signs evidence with one of its own.</summary>
    /// <exception cref="AgentKeyException">The key cannot be read, is not a P-256 key, or others than its owner may read it.</exception>
    public static EcdsaBatchSigner LoadOrCreate(string directory, string privateName, string publicName)
    {
        string path = Path.Combine(directory, privateName);
        EcdsaBatchSigner signer = File.Exists(path) ? Load(path) : Create(directory, path);
        WritePublic(Path.Combine(directory, publicName), signer);
        return signer;
    }

    private static EcdsaBatchSigner Load(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new AgentKeyException($"{path} may be read by others than its owner; run: chmod 600 {path}");
        }

        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return new EcdsaBatchSigner(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new AgentKeyException($"{path} holds no ECDSA P-256 private key in PEM form: {e.Message}", e);
        }
    }

    private static EcdsaBatchSigner Create(string directory, string path)
    {
        Directory.CreateDirectory(directory);
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // Written beside and renamed, so that a crash leaves either no key or a whole one.
        string draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.WriteThrough };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
        return new EcdsaBatchSigner(key);
    }

    private static void WritePublic(string path, EcdsaBatchSigner signer)
    {
        string pem = PemEncoding.WriteString("PUBLIC KEY", signer.PublicKey.Span) + "\n";
        if (!File.Exists(path) || File.ReadAllText(path) != pem)
        {
            File.WriteAllText(path, pem);
        }
    }
}
