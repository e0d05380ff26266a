using System.Security.Cryptography;
using System.Text;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Core.Tests.Configuration.Remote;

public sealed class RemoteConfigEnvelopeTests
{
    private static readonly RemoteConfigMessage Push = new()
    {
        Kind = RemoteConfigKind.Push,
        Site = "工厂",
        Agent = "gw-01",
        Revision = 1_763_800_000_000,
        IssuedMs = 1_763_800_000_000,
        ExpiresMs = 1_763_800_120_000,
        Hash = new string('a', 64),
        Content = new byte[] { 1, 2, 3 },
    };

    /// <summary>Made once by this code; whatever writes or reads the format differently from now on is found here.</summary>
    private const string Golden =
        "0a4d08011206e5b7a5e58e821a0567772d303120";

    [Fact]
    public void What_was_sealed_is_opened_with_the_key_that_sealed_it()
    {
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        RemoteConfigMessage full = Push with { Kind = RemoteConfigKind.Answer, Outcome = RemoteConfigOutcome.Refused, Problems = ["端口 is wrong", "b"] };
        Assert.True(RemoteConfigEnvelope.TryOpen(RemoteConfigEnvelope.Seal(full, signer), out RemoteConfigMessage? opened, out string fingerprint, out _));
        Assert.Equal(full.Content.ToArray(), opened.Content.ToArray());
        Assert.Equal(full.Problems, opened.Problems);
        Assert.Equal(full with { Content = default, Problems = [] }, opened with { Content = default, Problems = [] });
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(signer.PublicKey.Span)), fingerprint);
    }

    [Fact]
    public void A_message_flipped_in_any_bit_is_not_opened_or_is_another_keys()
    {
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        byte[] message = RemoteConfigEnvelope.Seal(Push, signer);
        string right = RemoteConfigEnvelope.FingerprintOf(signer.PublicKey.Span);
        for (int bit = 0; bit < message.Length * 8; bit++)
        {
            byte[] tampered = [.. message];
            tampered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(RemoteConfigEnvelope.TryOpen(tampered, out _, out string fingerprint, out _) && fingerprint == right, $"bit {bit}");
        }
    }

    [Fact]
    public void A_signature_over_a_batch_is_none_over_a_configuration()
    {
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        byte[] good = RemoteConfigEnvelope.Seal(Push, signer);
        byte[] body = good[2..(2 + good[1])];
        byte[] signature = new byte[64];
        signer.Sign(SHA256.HashData(body), signature); // As batches are signed: without the purpose.
        byte[] forged = [.. good];
        signature.CopyTo(forged, 2 + body.Length + 2);
        Assert.False(RemoteConfigEnvelope.TryOpen(forged, out _, out _, out string problem));
        Assert.Contains("signature", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bytes_of_a_message_are_those_of_the_document()
    {
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        Assert.StartsWith(Golden, Convert.ToHexStringLower(RemoteConfigEnvelope.Seal(Push, signer)), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_large_and_meaningless_bytes_are_told_apart()
    {
        Assert.False(RemoteConfigEnvelope.TryOpen(new byte[RemoteConfigMessage.BytesMax + 1], out _, out _, out string large));
        Assert.Contains("1,048,577", large, StringComparison.Ordinal);
        Assert.False(RemoteConfigEnvelope.TryOpen("hello"u8, out _, out _, out string other));
        Assert.Contains("format", other, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_with_tables_comes_out_of_its_packing_and_a_bomb_does_not()
    {
        ConfigBundle bundle = new(Encoding.UTF8.GetBytes("""{ "site": "s" }"""), new Dictionary<string, byte[]> { ["tables/a.csv"] = [1, 2], ["b.csv"] = [] });
        Assert.True(RemoteConfigContent.TryUnpack(RemoteConfigContent.Pack(bundle), out ConfigBundle? unpacked));
        Assert.Equal(bundle.Hash, unpacked.Hash);
        byte[] bomb = RemoteConfigContent.Pack(new ConfigBundle(new byte[RemoteConfigContent.UnpackedBytesMax + 1], new Dictionary<string, byte[]>()));
        Assert.True(bomb.Length < 100_000);
        Assert.False(RemoteConfigContent.TryUnpack(bomb, out _));
        Assert.False(RemoteConfigContent.TryUnpack(new byte[] { 1, 2, 3 }, out _));
    }
}
