using System.IO.Compression;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Pb = EdgeAgent.Wire.V1;

namespace EdgeAgent.Core.Tests.Batches;

/// <summary>Reads and writes our messages with the code that protoc generates from the published schema.</summary>
public sealed class BatchProtobufTests
{
    [Fact]
    public void Generated_code_reads_what_we_write()
    {
        ReadingBatch readings = BatchSamples.Everything();
        byte[] bytes = BatchSamples.Seal(readings, new FixedSigner(), everything: true);

        Pb.SignedBatch signed = Pb.SignedBatch.Parser.ParseFrom(bytes);
        Pb.BatchBody body = Pb.BatchBody.Parser.ParseFrom(signed.Body);
        Pb.BatchContent content = Pb.BatchContent.Parser.ParseFrom(Unpack(body.Content));
        Pb.PlantDefinition definition = Pb.PlantDefinition.Parser.ParseFrom(Unpack(body.Definition));

        Assert.Equal(64, signed.Signature.Length);
        Assert.Equal((1u, "demo-plant", "gw-01", 10ul, BatchSamples.Now + 5), (body.Version, body.Site, body.Agent, body.Sequence, body.CreatedTicks));
        Assert.Equal(BatchSamples.Incarnation, new Guid(body.Incarnation.Span, bigEndian: true));
        AssertColumns(readings, content, body.CreatedTicks);
        Assert.Equal(BatchSamples.Account.Due, (long)content.Accounts.Due[0]);
        Assert.Equal(Pb.Provenance.Simulated, content.Accounts.Provenance[0]);
        Assert.Equal([1, -1], content.Accounts.DeviceStep);
        Pb.DiscardedRange discarded = Assert.Single(content.Discarded);
        Assert.Equal("size-cap", discarded.Reason);
        Assert.Equal(
            [("press-01", 479_999, Pb.Provenance.Live, 75ul, 60ul), ("炉-02", -1, Pb.Provenance.Imported, 40ul, 40ul)],
            discarded.Accounts.Select(a => (a.Device, a.Hour, a.Provenance, a.Due, a.Readings)));
        Assert.Equal(["press-01", "炉-02"], definition.Devices.Select(d => d.Name));
        Assert.Equal(2u, definition.Tags[0].DecimalsPlusOne);
    }

    [Fact]
    public void We_read_what_generated_code_writes()
    {
        ReadingBatch readings = BatchSamples.Everything();
        Pb.SignedBatch signed = Pb.SignedBatch.Parser.ParseFrom(BatchSamples.Seal(readings, new FixedSigner(), everything: true));
        Pb.BatchBody body = Pb.BatchBody.Parser.ParseFrom(signed.Body);
        // Uncompressed, and written by the generated code from its own objects.
        byte[] content = Pb.BatchContent.Parser.ParseFrom(Unpack(body.Content)).ToByteArray();
        body.Content = new Pb.Packed { Size = (uint)content.Length, Data = ByteString.CopyFrom(content) };
        signed.Body = body.ToByteString();

        DecodedBatch decoded = BatchSamples.Read(signed.ToByteArray());

        BatchSamples.AssertSame(readings, decoded.Readings);
        Assert.Equal(BatchSamples.Account, decoded.Accounts[0]);
        Assert.Equivalent(BatchSamples.Discarded, decoded.Discarded[0], strict: true);
        Assert.Equal(BatchSamples.Definition.Tags, decoded.Definition!.Tags);
    }

    /// <summary>The document is enough to write a decoder from.</summary>
    [Fact]
    public void Values_decoded_by_the_document_are_the_ones_that_went_in() =>
        Prop.ForAll(ReadingGen.Batch().ToArbitrary(), readings =>
        {
            Pb.BatchBody body = Pb.BatchBody.Parser.ParseFrom(Pb.SignedBatch.Parser.ParseFrom(BatchSamples.Seal(readings, new FixedSigner())).Body);
            Reading[] expected = readings.Readings.ToArray();
            var decoder = new PlainDecoder(
                Pb.BatchContent.Parser.ParseFrom(Unpack(body.Content)), Array.ConvertAll(expected, r => r.TagId), Array.ConvertAll(expected, r => r.Kind));
            Assert.Equal(expected.Select(r => r.Kind < ValueKind.Text ? r.Bits : 0), decoder.Decode());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_definition_of_generated_code_has_the_same_hash()
    {
        var definition = new Pb.PlantDefinition();
        definition.Devices.Add(BatchSamples.Definition.Devices.Select(d => new Pb.DeviceDefinition { Name = d.Name, Driver = d.Driver, Address = d.Address, Asset = d.Asset }));
        definition.Tags.Add(BatchSamples.Definition.Tags.Select(t => new Pb.TagDefinition
        {
            Device = (uint)t.DeviceId,
            Name = t.Name,
            Kind = (Pb.ValueKind)t.Kind,
            Unit = t.Unit,
            IntervalMs = (uint)t.IntervalMs,
            DecimalsPlusOne = (uint)(t.DecimalPlaces + 1),
        }));

        Assert.Equal(System.Security.Cryptography.SHA256.HashData(definition.ToByteArray()), BatchSamples.Definition.ConfigHash.ToArray());
    }

    [Fact]
    public void Acknowledgements_agree_both_ways()
    {
        var ack = new BatchAck(BatchSamples.Incarnation, 41, [new SequenceRange(43, 45), new SequenceRange(50, 50)], [new RefusedBatch(42, "签名")]);

        Pb.BatchAck wire = Pb.BatchAck.Parser.ParseFrom(ack.ToBytes());
        Assert.True(BatchAck.TryParse(wire.ToByteArray(), out BatchAck back));

        Assert.Equal((41ul, 43ul, 50ul, "签名"), (wire.Contiguous, wire.Above[0].First, wire.Above[1].Last, wire.Refused[0].Reason));
        Assert.Equivalent(ack, back, strict: true);
    }

    private static void AssertColumns(ReadingBatch readings, Pb.BatchContent content, long created)
    {
        Assert.Equal((uint)readings.Count, content.Readings);
        int row = 0;
        long tag = 0;
        for (int run = 0; run < content.TagRun.Count; run++)
        {
            for (uint i = 0; i < content.TagRun[run]; i++)
            {
                tag += content.TagStep[run];
                Assert.Equal(readings.Readings[row++].TagId, tag);
            }
        }

        row = 0;
        long ticks = created;
        for (int run = 0; run < content.TimeRun.Count; run++)
        {
            ticks = unchecked(ticks + content.TimeStep[run]);
            for (uint i = 0; i < content.TimeRun[run]; i++)
            {
                Assert.Equal(readings.Readings[row++].SourceTicks, ticks);
            }
        }

        Assert.Equal(readings.Readings.ToArray().Select(r => (int)r.Kind), content.Kind.SelectMany((k, i) => Enumerable.Repeat((int)k, (int)content.KindRun[i])));
        Assert.Equal(readings.Readings.ToArray().Select(r => r.Quality.Code), content.Quality.SelectMany((q, i) => Enumerable.Repeat(q, (int)content.QualityRun[i])));
        Assert.Equal("läuft 运行", content.Text.ToStringUtf8());
        Assert.Equal([-5, unchecked(long.MinValue + 5), -1, 7], content.Int64);
    }

    private static byte[] Unpack(Pb.Packed packed)
    {
        if (packed.Compression == Pb.Packed.Types.Compression.Stored)
        {
            return packed.Data.ToByteArray();
        }

        byte[] bytes = new byte[packed.Size];
        Assert.True(BrotliDecoder.TryDecompress(packed.Data.Span, bytes, out int written));
        Assert.Equal(bytes.Length, written);
        return bytes;
    }
}
