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

    /// <summary>Made from the document by another program (Python and OpenSSL), so that reading does not only agree with our own writing.</summary>
    private const string Golden =
        "0a920108011206e5b7a5e58e821a0567772d30312080ccb0d5aa332880ccb0d5aa3330c0f5b7d5aa333a20aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" +
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa42481f8b0800000000000203e312ae56502ace2c4955b252502ac849cc2b5152a81592e5e229494cca492dd64f" +
        "d44b2e2e13e2cd4bcc4dd5494c49294a2d2ee602007a637df934000000124081994ff71acab39a1d01282a8611a24b078919f3f3a575568e19983c12" +
        "c080491c9848fd9f41edd97c1390bf9faadaec6851b51a744a824ce094b6eeb721d0561a5b3059301306072a8648ce3d020106082a8648ce3d030107" +
        "03420004ac09281e8b3bb8b43c58ea07d5704d357e62ee29ca235b52c153d60a76494d59b8fed35f336d7f53fbbfe6b9510a33e6c0caa2ae931b83f3" +
        "7eec219429e716c6";

    private const string GoldenKey = "b5bc8d9f1f4947a393dc8a27c963b6df052e4f7ee40141f4520f6a398feb6981";

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
    public void A_message_that_another_program_made_is_opened_and_our_body_is_the_same_to_the_byte()
    {
        byte[] golden = Convert.FromHexString(Golden);
        Assert.True(RemoteConfigEnvelope.TryOpen(golden, out RemoteConfigMessage? message, out string fingerprint, out string problem), problem);
        Assert.Equal(GoldenKey, fingerprint);
        Assert.Equal(Push with { Content = default }, message with { Content = default, Problems = Push.Problems });
        Assert.True(RemoteConfigContent.TryUnpack(message.Content, out ConfigBundle? bundle));
        Assert.Equal("""{ "site": "plant" }""", Encoding.UTF8.GetString(bundle.Main));
        Assert.Equal("name,address\n", Encoding.UTF8.GetString(bundle.Tables["tables/a.csv"]));

        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        byte[] ours = RemoteConfigEnvelope.Seal(message, signer);
        int body = 3 + golden[1] - 128 + (golden[2] << 7); // Field 1 with its length in two bytes.
        Assert.Equal(golden[..body], ours[..body]);
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
