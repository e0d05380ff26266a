using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Batches.Wire;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Fuzz;

/// <summary>Damaged batches and acknowledgements against every reader: no exception, no hang, no memory beyond the limits.</summary>
public sealed class BatchFuzz
{
    private const int Seed = 20_261_122;

    private static readonly BatchLimits Limits = new()
    {
        SignedBytesMax = 1 << 16,
        ContentBytesMax = 1 << 16,
        ReadingsMax = 4096,
        TagsMax = 1 << 16,
        DevicesMax = 1024,
        DiscardedMax = 64,
    };

    /// <summary>What the limits above add up to: 64 KiB of content; 4,096 readings at 32 bytes decoded and 130 of scratch; 4 bytes a tag
    /// id; names and lists made from 64 KiB, at most 64 times as large as what they are made from.</summary>
    private const long BytesPerReadMax = (64 << 10) + (4096 * 162) + (4 << 16) + (64L << 16);

    private static readonly byte[] Whole = Sample(readings: 40, definition: true);
    private static readonly byte[] Small = Sample(readings: 3, definition: false);

    [Fact]
    public void Envelope_and_header() => Run(400_000, [Whole, Small], static mutated => mutated);

    /// <summary>Behind the compression, where flipped bits of the whole hardly ever get.</summary>
    [Fact]
    public void Content_and_definition()
    {
        byte[] content = Unpacked(Whole, field: 9), small = Unpacked(Small, field: 9), definition = Unpacked(Whole, field: 10);
        byte[] assembled = new byte[1 << 16];
        Run(500_000, [content, small, definition], mutated => Assemble(mutated, assembled));
    }

    [Fact]
    public void Acknowledgements()
    {
        byte[] ack = new BatchAck(Guid.NewGuid(), 300, [new SequenceRange(302, 305), new SequenceRange(309, 1_000_000)], [new RefusedBatch(301, "forged")]).ToBytes();
        var mutations = new SeededMutations(Seed, [ack]);
        for (int i = 0; i < 100_000; i++)
        {
            ReadOnlySpan<byte> mutated = mutations.Next();
            if (BatchAck.TryParse(mutated, out BatchAck read))
            {
                Assert.True(read.Contiguous >= 0 && read.Above.Count <= BatchAck.AboveMax && read.Refused.Count <= BatchAck.RefusedMax);
            }
        }
    }

    private delegate ReadOnlySpan<byte> Wrap(ReadOnlySpan<byte> mutated);

    private static void Run(int count, byte[][] seeds, Wrap wrap)
    {
        var mutations = new SeededMutations(Seed, seeds);
        var decoded = new DecodedBatch();
        int good = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> bytes = wrap(mutations.Next());
            long before = GC.GetAllocatedBytesForCurrentThread();
            BatchReadStatus status = BatchReader.TryRead(bytes, decoded, Limits);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= BytesPerReadMax, $"mutation {i}: {allocated} bytes");
            if (status == BatchReadStatus.Ok)
            {
                good++;
                CheckUsable(decoded);
            }
        }

        // Otherwise the mutations never get past the front door.
        Assert.True(good > count / 1000, $"{good} of {count} were readable");
    }

    /// <summary>What was accepted must be safe to use: no offset outside the arena, no id outside its limit.</summary>
    private static void CheckUsable(DecodedBatch decoded)
    {
        foreach (ref readonly Reading reading in decoded.Readings.Readings)
        {
            _ = decoded.Readings.BytesOf(reading).Length;
            if ((uint)reading.TagId >= Limits.TagsMax || reading.Kind > ValueKind.Bytes)
            {
                Assert.Fail($"{reading}");
            }
        }

        foreach (ScanAccount account in decoded.Accounts)
        {
            if ((uint)account.DeviceId >= Limits.DevicesMax || account.Due < 0 || account.Provenance > Provenance.Imported)
            {
                Assert.Fail($"{account}");
            }
        }
    }

    private static byte[] Sample(int readings, bool definition)
    {
        PlantDefinition plant = DefinitionCodec.Create(
            [new DeviceDefinition("press-01", "modbus-tcp", "modbus-tcp://10.0.0.5:502/1", "A-001")],
            [new TagDefinition(0, "温度", ValueKind.Float32, "°C", 1000, 1), new TagDefinition(0, "count", ValueKind.Int64, "", 100)]);
        var source = new ReadingBatch();
        long now = 17_000_000_000_000_000;
        for (int i = 0; i < readings; i++)
        {
            int tag = i % 12;
            switch (tag % 8)
            {
                case 0: source.Add(Reading.Float32(tag, Quality.Good, now, i * 0.1f)); break;
                case 1: source.Add(Reading.Float64(tag, Quality.Good, now, Math.Sqrt(i))); break;
                case 2: source.Add(Reading.Int64(tag, Quality.Good, now, -i * 1000)); break;
                case 3: source.Add(Reading.UInt64(tag, Quality.Good, now, (ulong)i << 40)); break;
                case 4: source.Add(Reading.Boolean(tag, Quality.Good, now, i % 3 == 0)); break;
                case 5: source.AddText(tag, Quality.Good, now, $"state {i}"); break;
                case 6: source.AddBytes(tag, Quality.Good, now, ValueKind.Bytes, [(byte)i, 2, 3]); break;
                default: source.Add(Reading.Failed(tag, Quality.BadTimeout, now + i)); break;
            }
        }

        var builder = new BatchBuilder();
        foreach (ref readonly Reading reading in source.Readings)
        {
            builder.Add(source, reading);
        }

        builder.AddAccount(new ScanAccount(0, 480_000, Provenance.Live, readings, readings, 0, 0, 0, 0, 0, readings, 1));
        builder.AddDiscarded(new DiscardedRange(1, 2, "size-cap", 5, now - 9, now, [new DiscardedAccount("press-01", 480_000, Provenance.Live, 6, 5)]));
        if (definition)
        {
            builder.SetDefinition(plant);
        }

        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        return builder.Seal(new BatchHeader("site", "agent", Guid.NewGuid(), 3, new byte[32], now + 9, plant.ConfigHash), signer).Signed.ToArray();
    }

    private static byte[] Unpacked(byte[] signed, int field)
    {
        Assert.True(BatchReader.TrySplit(signed, out ReadOnlySpan<byte> body, out _));
        var reader = new WireReader(body);
        while (reader.TryReadTag(out int at, out WireType type))
        {
            if (at != field)
            {
                Assert.True(reader.TrySkip(type));
                continue;
            }

            byte[] buffer = [];
            Assert.True(reader.TryReadBytes(out ReadOnlySpan<byte> packed));
            Assert.Equal(BatchReadStatus.Ok, PackedBytes.TryRead(packed, 1 << 20, ref buffer, out ReadOnlySpan<byte> bytes));
            return bytes.ToArray();
        }

        throw new InvalidOperationException($"no field {field}");
    }

    /// <summary>An envelope around damaged content, stored; and half of the time around the same bytes as a definition.</summary>
    private static ReadOnlySpan<byte> Assemble(ReadOnlySpan<byte> content, byte[] space)
    {
        var body = new ByteSink(4096);
        body.WriteVarintField(1, 1);
        body.WriteTextField(2, "site");
        body.WriteTextField(3, "agent");
        body.WriteBytesField(4, new byte[16]);
        body.WriteVarintField(5, 3);
        body.WriteBytesField(6, new byte[32]);
        body.WriteVarintField(7, 17_000_000_000_000_000);
        body.WriteBytesField(8, content.Length % 2 == 0 ? System.Security.Cryptography.SHA256.HashData(content) : new byte[32]);
        Pack(content.Length % 2 == 0 ? 10 : 9, content, body);
        var signed = new ByteSink(4096);
        signed.WriteBytesField(1, body.Written);
        signed.WriteBytesField(2, new byte[64]);
        signed.Written.CopyTo(space);
        return space.AsSpan(0, signed.Length);
    }

    private static void Pack(int field, ReadOnlySpan<byte> content, ByteSink body)
    {
        var packed = new ByteSink(4096);
        packed.WriteVarintField(1, (ulong)content.Length);
        packed.WriteBytesField(3, content);
        body.WriteBytesField(field, packed.Written);
    }
}
