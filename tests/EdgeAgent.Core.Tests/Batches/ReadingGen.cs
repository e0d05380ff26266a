using EdgeAgent.Core.Model;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Core.Tests.Batches;

/// <summary>Random batches that look like real ones in places: runs, repeated tags, decimals, extremes.</summary>
internal static class ReadingGen
{
    private static readonly ulong[] Edges = [0, 1, ulong.MaxValue, 1UL << 63, long.MaxValue, 0x7FF0_0000_0000_0000, 0xFFF8_0000_0000_0001, 0x8000_0000];

    public static Gen<ReadingBatch> Batch() =>
        from seed in Gen.Choose(0, int.MaxValue)
        from size in Gen.Choose(0, 400)
        from tags in Gen.Choose(1, 60)
        select Create(new Random(seed), size, tags);

    private static ReadingBatch Create(Random random, int size, int tags)
    {
        var batch = new ReadingBatch();
        long ticks = random.NextInt64(0, 40_000_000_000_000_000);
        int tag = 0;
        for (int i = 0; i < size; i++)
        {
            tag = random.Next(4) == 0 ? random.Next(tags) : (tag + 1) % tags;
            ticks += random.Next(5) == 0 ? random.NextInt64(-20_000_000, 20_000_000) : 0;
            var quality = new Quality(random.Next(10) == 0 ? (uint)random.NextInt64(uint.MaxValue) : 0);
            // Mostly each tag has its kind, as in life; sometimes it changes.
            var kind = (ValueKind)(random.Next(20) == 0 ? random.Next(8) : tag % 8);
            Add(batch, random, tag, quality, ticks, kind);
        }

        return batch;
    }

    private static void Add(ReadingBatch batch, Random random, int tag, Quality quality, long ticks, ValueKind kind)
    {
        bool edge = random.Next(8) == 0;
        ulong bits = edge ? Edges[random.Next(Edges.Length)] : (ulong)random.NextInt64() >> random.Next(64);
        switch (kind)
        {
            case ValueKind.Text:
                batch.AddText(tag, quality, ticks, new string('文', random.Next(4)) + random.Next(100));
                break;
            case ValueKind.Bytes:
                byte[] bytes = new byte[random.Next(20)];
                random.NextBytes(bytes);
                batch.AddBytes(tag, quality, ticks, kind, bytes);
                break;
            case ValueKind.None:
                batch.Add(Reading.Failed(tag, quality, ticks));
                break;
            case ValueKind.Boolean:
                batch.Add(Reading.Boolean(tag, quality, ticks, (bits & 1) != 0));
                break;
            case ValueKind.Float32:
                float single = random.Next(3) == 0 ? BitConverter.UInt32BitsToSingle((uint)bits) : random.Next(-50_000, 50_000) * (random.Next(2) == 0 ? 0.1f : 0.01f);
                batch.Add(Reading.Float32(tag, quality, ticks, single));
                break;
            case ValueKind.Float64:
                double value = random.Next(3) == 0 ? BitConverter.UInt64BitsToDouble(bits)
                    : random.Next(2) == 0 ? random.Next(-50_000, 50_000) / 1000.0
                    : (random.Next(50_000) * 0.1) - 50;
                batch.Add(Reading.Float64(tag, quality, ticks, value));
                break;
            default:
                batch.Add(new Reading(tag, quality, ticks, kind, bits));
                break;
        }
    }
}
