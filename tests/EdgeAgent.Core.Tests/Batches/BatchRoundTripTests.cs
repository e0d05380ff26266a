using System.Security.Cryptography;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Tests.Batches;

public sealed class BatchRoundTripTests
{
    [Fact]
    public void Everything_that_goes_in_comes_out()
    {
        PlantDefinition definition = DefinitionCodec.Create(
            [new DeviceDefinition("press-01", "modbus-tcp", "modbus-tcp://10.0.0.5:502/1", "A-001")],
            [new TagDefinition(0, "温度", ValueKind.Float32, "°C", 1000, 1), new TagDefinition(0, "count", ValueKind.Int64, "", 100)]);
        var source = new ReadingBatch();
        long now = 17_000_000_000_000_000;
        source.Add(Reading.Float32(0, Quality.Good, now, 21.5f));
        source.Add(Reading.Int64(1, Quality.Good, now, -5));
        source.Add(Reading.Float64(2, Quality.UncertainLastUsableValue, now + 1, double.NaN));
        source.Add(Reading.UInt64(3, Quality.Good, now, ulong.MaxValue));
        source.Add(Reading.Boolean(4, Quality.Good, now, true));
        source.Add(Reading.Failed(5, Quality.BadTimeout, now));
        source.AddText(6, Quality.Good, now, "läuft");
        source.AddBytes(7, Quality.Good, now, ValueKind.Bytes, [1, 2, 3]);
        source.Add(Reading.Int64(1, Quality.Good, now + 1000, long.MinValue));
        var account = new ScanAccount(0, 480_000, Provenance.Simulated, 9, 7, 2, 0, 0, 0, 0, 9, 3);
        var discarded = new DiscardedRange(3, 9, "size-cap", 100, now - 10, now, [new DiscardedDevice("press-01", 100)]);
        var builder = new BatchBuilder();
        foreach (ref readonly Reading reading in source.Readings)
        {
            builder.Add(source, reading);
        }

        builder.AddAccount(account);
        builder.AddAccount(account);
        builder.AddDiscarded(discarded);
        builder.SetDefinition(definition);
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        var header = new BatchHeader("site", "gw-01", Guid.NewGuid(), 10, new byte[32], now + 5, definition.ConfigHash);

        SealedBatch batch = builder.Seal(header, signer);
        var decoded = new DecodedBatch();

        Assert.Equal(BatchReadStatus.Ok, BatchReader.TryRead(batch.Signed.Span, decoded, BatchLimits.Default));
        Assert.Equal(batch.Hash.ToArray(), decoded.Hash.ToArray());
        Assert.Equal((header.Site, header.Agent, header.Incarnation, header.Sequence, header.CreatedTicks),
            (decoded.Site, decoded.Agent, decoded.Incarnation, decoded.Sequence, decoded.CreatedTicks));
        Assert.Equal(source.Count, decoded.Readings.Count);
        for (int i = 0; i < source.Count; i++)
        {
            Reading expected = source.Readings[i], actual = decoded.Readings.Readings[i];
            Assert.Equal((expected.TagId, expected.Quality, expected.SourceTicks, expected.Kind), (actual.TagId, actual.Quality, actual.SourceTicks, actual.Kind));
            Assert.Equal(source.BytesOf(expected).ToArray(), decoded.Readings.BytesOf(actual).ToArray());
            if (expected.Kind < ValueKind.Text)
            {
                Assert.Equal(expected.Bits, actual.Bits);
            }
        }

        Assert.Equal([account.Plus(account)], decoded.Accounts);
        Assert.Equivalent(discarded, Assert.Single(decoded.Discarded));
        Assert.Equal(definition.Devices, decoded.Definition!.Devices);
        Assert.Equal(definition.Tags, decoded.Definition.Tags);
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(signer.PublicKey.Span, out _);
        Assert.True(BatchReader.Verify(batch.Signed.Span, key));
    }
}
