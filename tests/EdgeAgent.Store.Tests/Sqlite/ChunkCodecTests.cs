using EdgeAgent.Core.Model;
using EdgeAgent.Store.Sqlite;
using EdgeAgent.Store.Sqlite.Chunks;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Store.Tests.Sqlite;

public sealed class ChunkCodecTests
{
    [Fact]
    public void Whatever_goes_in_comes_out()
    {
        var codec = new ChunkCodec();
        Prop.ForAll(ArbMap.Default.ArbFor<(long Ticks, uint Quality, byte Kind, long Bits, byte[] Bytes)[]>(), items =>
        {
            ReadingBatch batch = BatchOf(items);
            int[] order = new int[batch.Count];
            ReadingOrder.Identity(order);
            int count = ReadingOrder.SortByTime(batch.Readings, order);
            var back = new ReadingBatch();
            codec.Decode(codec.Encode(batch, order.AsSpan(0, count)).ToArray(), 7, back);
            Assert.Equal(count, back.Count);
            for (int i = 0; i < count; i++)
            {
                Reading was = batch.Readings[order[i]], isNow = back.Readings[i];
                Assert.Equal((was.SourceTicks, was.Quality, was.Kind, 7), (isNow.SourceTicks, isNow.Quality, isNow.Kind, isNow.TagId));
                Assert.Equal(batch.BytesOf(was), back.BytesOf(isNow));
                if (was.Kind is not (ValueKind.Text or ValueKind.Bytes))
                {
                    Assert.Equal(was.Bits, isNow.Bits);
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_hour_of_a_slow_signal_takes_less_than_two_bytes_a_reading()
    {
        var batch = new ReadingBatch();
        var random = new Random(3);
        double value = 20;
        for (int i = 0; i < 3600; i++)
        {
            value = random.Next(4) == 0 ? Math.Round(value + random.NextDouble() - 0.5, 1) : value;
            batch.Add(Reading.Float64(0, Quality.Good, 489_000 * UnixTicks.PerHour + i * UnixTicks.PerSecond, value));
        }

        int[] order = new int[batch.Count];
        ReadingOrder.Identity(order);
        Assert.InRange(new ChunkCodec().Encode(batch, order).Length, 100, 7200);
    }

    [Fact]
    public void Damaged_chunks_are_reported_and_nothing_else_happens()
    {
        var codec = new ChunkCodec();
        var batch = new ReadingBatch();
        for (int i = 0; i < 2000; i++)
        {
            batch.AddText(0, Quality.Good, i * 1000, "value " + (i % 7));
            batch.Add(Reading.Float64(0, Quality.Good, (i * 1000) + 1, Math.Sin(i)));
        }

        int[] order = new int[batch.Count];
        ReadingOrder.Identity(order);
        byte[] good = codec.Encode(batch, order).ToArray();
        var random = new Random(11);
        int reported = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] bad = random.Next(3) == 0 ? good[..random.Next(good.Length)] : [.. good];
            for (int edits = random.Next(1, 4); edits > 0 && bad.Length > 0; edits--)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            try
            {
                codec.Decode(bad, 1, new ReadingBatch());
            }
            catch (StoreDamagedException)
            {
                reported++;
            }
        }

        Assert.InRange(reported, 1000, 3000);
    }

    private static ReadingBatch BatchOf((long Ticks, uint Quality, byte Kind, long Bits, byte[] Bytes)[] items)
    {
        var batch = new ReadingBatch();
        foreach (var (ticks, quality, kindNumber, bits, bytes) in items)
        {
            var kind = (ValueKind)(kindNumber % 8);
            if (kind is ValueKind.Text or ValueKind.Bytes)
            {
                batch.AddBytes(0, new Quality(quality), ticks, kind, bytes);
            }
            else
            {
                ulong kept = kind switch
                {
                    ValueKind.None => 0,
                    ValueKind.Boolean => (ulong)bits & 1,
                    ValueKind.Float32 => (uint)bits,
                    _ => (ulong)bits,
                };
                batch.Add(new Reading(0, new Quality(quality), ticks, kind, kept));
            }
        }

        return batch;
    }
}
