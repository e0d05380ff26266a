using System.Text;
using EdgeAgent.Collector.Acceptance;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Acceptance;

public sealed class SignedAcceptanceTests
{
    private static readonly AcceptanceRecord Record = new(
        AcceptanceRecord.CurrentFormat, "1.0.0", "plant", "gw", "line", "modbus-tcp", "press-01", "A-001", "modbus-tcp://10.0.0.5:502/1",
        Provenance.Live, IsSimulated: false, new Dictionary<string, string> { ["vendor"] = "机床厂" }, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(9), 10,
        AcceptanceVerdict.Accepted, [], [new TagAcceptance("speed", "hr:0", "1/min", 1000, 1000, 1000.2, 10, 10, 0, 0, 1, 2.5, 0, null, 9, "2.5", AcceptanceVerdict.Accepted, [])]);

    [Fact]
    public void What_was_signed_is_read_back()
    {
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        (byte[] record, byte[] signature) = SignedAcceptance.Sign(Record, signer);

        AcceptanceRecord? read = SignedAcceptance.Verify(record, signature, [signer.PublicKey.ToArray()], out string problem);

        Assert.Equal("", problem);
        Assert.Equal(("press-01", "机床厂", AcceptanceVerdict.Accepted), (read!.Device, read.Identity["vendor"], read.Verdict));
        Assert.Equal("speed", Assert.Single(read.Tags).Name);
        Assert.Contains("机床厂", Encoding.UTF8.GetString(record), StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_records_are_equal_bytes()
    {
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        Assert.Equal(SignedAcceptance.Sign(Record, signer).Record, SignedAcceptance.Sign(Record with { }, signer).Record);
    }

    [Fact]
    public void Any_changed_byte_is_noticed()
    {
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        (byte[] record, byte[] signature) = SignedAcceptance.Sign(Record, signer);
        byte[][] trusted = [signer.PublicKey.ToArray()];
        for (int i = 0; i < record.Length; i++)
        {
            byte[] changed = [.. record];
            changed[i] ^= 1;
            Assert.Null(SignedAcceptance.Verify(changed, signature, trusted, out string problem));
            Assert.NotEqual("", problem);
        }
    }

    [Fact]
    public void Another_key_is_not_trusted_and_another_signature_does_not_hold()
    {
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        using EcdsaBatchSigner other = EcdsaBatchSigner.CreateEphemeral();
        (byte[] record, byte[] signature) = SignedAcceptance.Sign(Record, signer);
        (_, byte[] foreign) = SignedAcceptance.Sign(Record with { Device = "press-02" }, signer);

        Assert.Null(SignedAcceptance.Verify(record, signature, [other.PublicKey.ToArray()], out string untrusted));
        Assert.Contains("none of the trusted", untrusted, StringComparison.Ordinal);
        Assert.Null(SignedAcceptance.Verify(record, foreign, [signer.PublicKey.ToArray()], out string changed));
        Assert.Contains("changed", changed, StringComparison.Ordinal);
        Assert.Null(SignedAcceptance.Verify("[]"u8, "nonsense"u8, [signer.PublicKey.ToArray()], out string broken));
        Assert.NotEqual("", broken);
    }
}
