using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Tests.Batches;

/// <summary>Batches for tests: one with everything in it, and whatever readings a test gives.</summary>
internal static class BatchSamples
{
    private static readonly byte[] NoHash = new byte[32];

    public const long Now = 17_000_000_000_000_000;

    public static readonly Guid Incarnation = Guid.Parse("0190b7c4-5a1e-7c3b-9d2f-1a2b3c4d5e6f");

    public static PlantDefinition Definition { get; } = DefinitionCodec.Create(
        [new DeviceDefinition("press-01", "modbus-tcp", "modbus-tcp://10.0.0.5:502/1", "A-001"), new DeviceDefinition("炉-02", "probe", "probe://10.0.0.6", "")],
        [new TagDefinition(0, "温度", ValueKind.Float32, "°C", 1000, 1), new TagDefinition(0, "count", ValueKind.Int64, "", 100), new TagDefinition(1, "alive", ValueKind.Boolean, "", 60_000, 0)]);

    public static ScanAccount Account { get; } = new(1, 480_000, Provenance.Simulated, 14, 10, 2, 2, 1, 1, 1, 10, 3);

    public static DiscardedRange Discarded { get; } = new(
        3, 9, "size-cap", 100, Now - 10, Now,
        [new DiscardedAccount("press-01", 479_999, Provenance.Live, 75, 60), new DiscardedAccount("炉-02", -1, Provenance.Imported, 40, 40)]);

    /// <summary>Every kind, every special value, repeated tags, a tag that changes its kind.</summary>
    public static ReadingBatch Everything()
    {
        var batch = new ReadingBatch();
        batch.Add(Reading.Float32(0, Quality.Good, Now, 21.5f));
        batch.Add(Reading.Float32(0, Quality.Good, Now + 1, -0.0f));
        batch.Add(Reading.Float32(0, Quality.Good, Now + 2, float.NaN));
        batch.Add(Reading.Float32(0, Quality.Good, Now + 2, MathF.PI));
        batch.Add(Reading.Int64(1, Quality.Good, Now, -5));
        batch.Add(Reading.Int64(1, Quality.Good, Now, long.MinValue));
        batch.Add(Reading.Int64(1, Quality.Good, Now, long.MaxValue));
        batch.Add(Reading.UInt64(2, Quality.Good, Now - 100_000, ulong.MaxValue));
        batch.Add(Reading.UInt64(2, Quality.Good, Now, 0));
        batch.Add(Reading.Float64(3, Quality.UncertainLastUsableValue, Now, double.NegativeInfinity));
        batch.Add(Reading.Float64(3, Quality.Good, Now, 235 * 0.1));
        batch.Add(Reading.Float64(3, Quality.Good, Now, 3 * 0.1));
        batch.Add(Reading.Float64(4, Quality.Good, Now, BitConverter.UInt64BitsToDouble(0x7FF8_0000_DEAD_BEEF)));
        batch.Add(Reading.Boolean(5, Quality.Good, Now, true));
        batch.Add(Reading.Boolean(5, Quality.Good, Now, false));
        batch.Add(Reading.Failed(5, Quality.BadTimeout, Now));
        batch.Add(Reading.Int64(5, Quality.Good, Now, 7));
        batch.AddText(6, Quality.Good, Now, "läuft 运行");
        batch.AddText(6, Quality.Good, Now, "");
        batch.AddBytes(7, Quality.Good, Now, ValueKind.Bytes, [1, 2, 3, 255]);
        batch.Add(Reading.Failed(1_048_575, new Quality(0xFFFF_FFFF), long.MinValue));
        batch.Add(Reading.Failed(0, Quality.BadNotConnected, long.MaxValue));
        return batch;
    }

    public static BatchHeader Header(long sequence = 10) =>
        new("demo-plant", "gw-01", Incarnation, sequence, NoHash, Now + 5, Definition.ConfigHash);

    public static byte[] Seal(ReadingBatch readings, IBatchSigner signer, bool everything = false)
    {
        var builder = new BatchBuilder();
        Fill(builder, readings, everything);
        return builder.Seal(Header(), signer).Signed.ToArray();
    }

    public static void Fill(BatchBuilder builder, ReadingBatch readings, bool everything)
    {
        foreach (ref readonly Reading reading in readings.Readings)
        {
            builder.Add(readings, reading);
        }

        if (everything)
        {
            builder.AddAccount(Account);
            builder.AddAccount(Account with { DeviceId = 0, Hour = 479_999, Provenance = Provenance.Live });
            builder.AddDiscarded(Discarded);
            builder.SetDefinition(Definition);
        }
    }

    public static DecodedBatch Read(ReadOnlySpan<byte> signed)
    {
        var decoded = new DecodedBatch();
        Assert.Equal(BatchReadStatus.Ok, BatchReader.TryRead(signed, decoded, BatchLimits.Default));
        return decoded;
    }

    public static void AssertSame(ReadingBatch expected, ReadingBatch actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Reading e = expected.Readings[i], a = actual.Readings[i];
            Assert.Equal((i, e.TagId, e.Quality, e.SourceTicks, e.Kind), (i, a.TagId, a.Quality, a.SourceTicks, a.Kind));
            Assert.True(expected.BytesOf(e).SequenceEqual(actual.BytesOf(a)), $"bytes of reading {i}");
            if (e.Kind < ValueKind.Text)
            {
                Assert.Equal((i, e.Bits), (i, a.Bits));
            }
        }
    }
}
