using System.Security.Cryptography;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Core.Tests.Batches;

public sealed class BatchRoundTripTests
{
    [Fact]
    public void Everything_that_goes_in_comes_out()
    {
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        BatchHeader header = BatchSamples.Header();
        ReadingBatch readings = BatchSamples.Everything();

        byte[] signed = BatchSamples.Seal(readings, signer, everything: true);
        DecodedBatch decoded = BatchSamples.Read(signed);

        BatchSamples.AssertSame(readings, decoded.Readings);
        Assert.Equal((header.Site, header.Agent, header.Incarnation, header.Sequence, header.CreatedTicks),
            (decoded.Site, decoded.Agent, decoded.Incarnation, decoded.Sequence, decoded.CreatedTicks));
        Assert.Equal(header.PreviousHash.ToArray(), decoded.PreviousHash.ToArray());
        Assert.Equal(header.ConfigHash.ToArray(), decoded.ConfigHash.ToArray());
        Assert.Equal([BatchSamples.Account, BatchSamples.Account with { DeviceId = 0, Hour = 479_999, Provenance = Provenance.Live }], decoded.Accounts);
        Assert.Equivalent(BatchSamples.Discarded, Assert.Single(decoded.Discarded), strict: true);
        Assert.Equal(BatchSamples.Definition.Devices, decoded.Definition!.Devices);
        Assert.Equal(BatchSamples.Definition.Tags, decoded.Definition.Tags);
        Assert.Equal(BatchSamples.Definition.ConfigHash.ToArray(), decoded.Definition.ConfigHash.ToArray());
    }

    [Fact]
    public void Hash_and_signature_are_over_the_body_as_it_stands()
    {
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(signer.PublicKey.Span, out _);
        var builder = new BatchBuilder();
        BatchSamples.Fill(builder, BatchSamples.Everything(), everything: true);

        SealedBatch batch = builder.Seal(BatchSamples.Header(), signer);

        Assert.True(BatchReader.TrySplit(batch.Signed.Span, out ReadOnlySpan<byte> body, out ReadOnlySpan<byte> signature));
        Assert.Equal(SHA256.HashData(body), batch.Hash.ToArray());
        Assert.True(key.VerifyData(body, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        Assert.True(BatchReader.Verify(batch.Signed.Span, key));
    }

    [Fact]
    public void Accounts_of_one_device_and_hour_are_summed()
    {
        var builder = new BatchBuilder();
        builder.AddAccount(BatchSamples.Account);
        builder.AddAccount(BatchSamples.Account with { Hour = 1 });
        builder.AddAccount(BatchSamples.Account);

        Assert.Equal([BatchSamples.Account.Plus(BatchSamples.Account), BatchSamples.Account with { Hour = 1 }], builder.Accounts.ToArray());
    }

    [Fact]
    public void A_builder_can_be_used_again_and_seal_the_same_twice()
    {
        var signer = new FixedSigner();
        var builder = new BatchBuilder();
        BatchSamples.Fill(builder, BatchSamples.Everything(), everything: true);
        byte[] first = builder.Seal(BatchSamples.Header(), signer).Signed.ToArray();
        Assert.Equal(first, builder.Seal(BatchSamples.Header(), signer).Signed.ToArray());

        builder.Clear();
        Assert.True(builder.IsEmpty);
        BatchSamples.Fill(builder, new ReadingBatch(), everything: false);
        DecodedBatch empty = BatchSamples.Read(builder.Seal(BatchSamples.Header(), signer).Signed.Span);
        Assert.True(empty.Readings.Count == 0 && empty.Accounts.Count == 0 && empty.Definition is null);
    }

    [Fact]
    public void A_definition_that_the_header_does_not_name_is_refused()
    {
        var builder = new BatchBuilder();
        builder.SetDefinition(BatchSamples.Definition);
        Assert.Throws<ArgumentException>(() => builder.Seal(BatchSamples.Header() with { ConfigHash = new byte[32] }, new FixedSigner()));
    }

    [Fact]
    public void Any_readings_come_back_bit_for_bit() =>
        Prop.ForAll(ReadingGen.Batch().ToArbitrary(), readings =>
        {
            byte[] signed = BatchSamples.Seal(readings, new FixedSigner());
            BatchSamples.AssertSame(readings, BatchSamples.Read(signed).Readings);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_reader_object_reads_batch_after_batch()
    {
        var decoded = new DecodedBatch();
        Prop.ForAll(ReadingGen.Batch().ToArbitrary(), readings =>
        {
            byte[] signed = BatchSamples.Seal(readings, new FixedSigner(), everything: readings.Count % 2 == 0);
            Assert.Equal(BatchReadStatus.Ok, BatchReader.TryRead(signed, decoded, BatchLimits.Default));
            BatchSamples.AssertSame(readings, decoded.Readings);
            Assert.Equal(readings.Count % 2 == 0, decoded.Definition is not null);
        }).QuickCheckThrowOnFailure();
    }
}
