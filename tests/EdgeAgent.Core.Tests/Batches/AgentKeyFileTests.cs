using System.Security.Cryptography;
using EdgeAgent.Core.Batches;

namespace EdgeAgent.Core.Tests.Batches;

public sealed class AgentKeyFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("agent-key-").FullName;

    private string PrivatePath => Path.Combine(_directory, AgentKeyFile.PrivateName);

    [Fact]
    public void The_first_start_creates_a_key_that_only_its_owner_reads_and_later_ones_use_it()
    {
        string fresh = Path.Combine(_directory, "new", "directory");
        using EcdsaBatchSigner first = AgentKeyFile.LoadOrCreate(fresh);
        using EcdsaBatchSigner second = AgentKeyFile.LoadOrCreate(fresh);

        Assert.Equal(first.PublicKey.ToArray(), second.PublicKey.ToArray());
        using ECDsa published = ECDsa.Create();
        published.ImportFromPem(File.ReadAllText(Path.Combine(fresh, AgentKeyFile.PublicName)));
        Assert.Equal(first.PublicKey.ToArray(), published.ExportSubjectPublicKeyInfo());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(fresh, AgentKeyFile.PrivateName)));
        }
    }

    [Fact]
    public void A_key_that_others_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        AgentKeyFile.LoadOrCreate(_directory).Dispose();
        File.SetUnixFileMode(PrivatePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<AgentKeyException>(() => AgentKeyFile.LoadOrCreate(_directory)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void A_damaged_key_is_reported_and_not_replaced(string content)
    {
        Write(content);
        Assert.Throws<AgentKeyException>(() => AgentKeyFile.LoadOrCreate(_directory));
        Assert.Equal(content, File.ReadAllText(PrivatePath));
    }

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Write(other.ExportPkcs8PrivateKeyPem());
        Assert.Throws<AgentKeyException>(() => AgentKeyFile.LoadOrCreate(_directory));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void Write(string content)
    {
        File.WriteAllText(PrivatePath, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PrivatePath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
