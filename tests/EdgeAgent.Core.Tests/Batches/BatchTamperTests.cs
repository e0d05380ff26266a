using System.Security.Cryptography;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Tests.Batches;

public sealed class BatchTamperTests
{
    [Fact]
    public void Any_changed_byte_breaks_the_envelope_the_hash_or_the_signature()
    {
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(signer.PublicKey.Span, out _);
        byte[] signed = BatchSamples.Seal(BatchSamples.Everything(), signer, everything: true);
        var decoded = new DecodedBatch();

        for (int i = 0; i < signed.Length; i++)
        {
            foreach (byte flip in (ReadOnlySpan<byte>)[1, 0x80, 0xFF])
            {
                signed[i] ^= flip;
                BatchReader.TryRead(signed, decoded, BatchLimits.Default);
                Assert.False(BatchReader.Verify(signed, key), $"byte {i}, xor {flip:X2}");
                signed[i] ^= flip;
            }
        }

        Assert.True(BatchReader.Verify(signed, key));
    }

    [Fact]
    public void Every_shortened_or_lengthened_batch_is_refused()
    {
        byte[] signed = BatchSamples.Seal(BatchSamples.Everything(), new FixedSigner(), everything: true);
        var decoded = new DecodedBatch();
        for (int length = 0; length < signed.Length; length++)
        {
            Assert.Equal(BatchReadStatus.Malformed, BatchReader.TryRead(signed.AsSpan(0, length), decoded, BatchLimits.Default));
        }

        Assert.Equal(BatchReadStatus.Malformed, BatchReader.TryRead([.. signed, 0], decoded, BatchLimits.Default));
    }

    [Fact]
    public void Another_agents_key_does_not_verify()
    {
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral(), other = EcdsaBatchSigner.CreateEphemeral();
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(other.PublicKey.Span, out _);
        Assert.False(BatchReader.Verify(BatchSamples.Seal(BatchSamples.Everything(), signer), key));
    }

    [Fact]
    public void Limits_are_checked_before_memory_is_taken()
    {
        byte[] signed = BatchSamples.Seal(BatchSamples.Everything(), new FixedSigner(), everything: true);
        Assert.Equal(BatchReadStatus.OverLimit, Read(signed, BatchLimits.Default with { SignedBytesMax = signed.Length - 1 }));
        Assert.Equal(BatchReadStatus.OverLimit, Read(signed, BatchLimits.Default with { ReadingsMax = 5 }));
        Assert.Equal(BatchReadStatus.OverLimit, Read(signed, BatchLimits.Default with { ContentBytesMax = 50 }));
        Assert.Equal(BatchReadStatus.OverLimit, Read(signed, BatchLimits.Default with { DiscardedMax = 0 }));
        Assert.Equal(BatchReadStatus.Malformed, Read(signed, BatchLimits.Default with { TagsMax = 1000 }));
        Assert.Equal(BatchReadStatus.Malformed, Read(signed, BatchLimits.Default with { NameBytesMax = 4 }));
        // The definition and the accounts have two devices each, so only the range of three is beyond this.
        DiscardedRange three = BatchSamples.Discarded with { Accounts = [.. BatchSamples.Discarded.Accounts, BatchSamples.Discarded.Accounts[0]] };
        Assert.Equal(BatchReadStatus.Ok, Read(SealDiscarded(three), BatchLimits.Default with { DevicesMax = 3 }));
        Assert.Equal(BatchReadStatus.Malformed, Read(SealDiscarded(three), BatchLimits.Default with { DevicesMax = 2 }));
    }

    /// <summary>A declaration that would make the hub's accounts nonsense never gets there.</summary>
    [Theory]
    [InlineData(480_000, 0, -1, 0)]
    [InlineData(480_000, 0, 5, -1)]
    [InlineData(480_000, 4, 5, 5)]
    public void A_declared_account_that_makes_no_sense_is_refused(int hour, byte provenance, long due, long readings)
    {
        DiscardedRange range = BatchSamples.Discarded with { Accounts = [new DiscardedAccount("press-01", hour, (Provenance)provenance, due, readings)] };
        Assert.Equal(BatchReadStatus.Malformed, Read(SealDiscarded(range), BatchLimits.Default));
    }

    private static byte[] SealDiscarded(DiscardedRange range)
    {
        var builder = new BatchBuilder();
        builder.AddDiscarded(range);
        return builder.Seal(BatchSamples.Header(), new FixedSigner()).Signed.ToArray();
    }

    private static BatchReadStatus Read(byte[] signed, BatchLimits limits) => BatchReader.TryRead(signed, new DecodedBatch(), limits);
}
