using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Commands.Bench.Wire;

/// <summary>Bytes and time that a reading takes in sealed batches of a realistic plant.</summary>
internal sealed class WireScenario : IBenchScenario
{
    private const int Tags = 10_000;
    private const int Seed = 20_261_122;
    private const double BytesPerReadingMax = 3;
    private const double ReadingsPerSecondMin = 2_000_000;
    /// <summary>A fixed instant of 2026, so that the same bytes come out every time.</summary>
    private const long StartTicks = 17_700_000_000_000_000;

    private const int Batches = 40;
    private const int Rounds = 25;

    public string Name => "wire";

    public string Description => "Signed batches of a 10,000-tag plant: bytes a reading on the wire and on disk, encoding and decoding speed on one core.";

    public Task<BenchResult> RunAsync(BenchContext context)
    {
        var measurements = new List<BenchMeasurement>();
        foreach (WireCase one in (ReadOnlySpan<WireCase>)
            [
                new("1 s, flushed every 250 ms", PeriodMs: 1000, BatchMs: 250),
                new("100 ms, flushed every 200 ms (full batches)", PeriodMs: 100, BatchMs: 200),
                new("1 s, full batches of 20,000", PeriodMs: 1000, BatchMs: 2000),
            ])
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Measure(one, measurements);
        }

        return Task.FromResult(new BenchResult(measurements,
        [
            "Bytes include envelope, signature, header, accounts of every device in the batch and text; not the definition, which travels once.",
            "Every batch is encoded when it enters the buffer, so after an outage the same bytes are sent.",
            "Encoding includes copying the readings in, compression, SHA-256 and the ECDSA signature; decoding includes SHA-256, not the verification.",
            "Times are CPU time of the one thread, the best of the rounds.",
        ]));
    }

    private static void Measure(WireCase one, List<BenchMeasurement> into)
    {
        var trace = new PlantTrace(Tags, one.PeriodMs, Seed);
        ReadingBatch[] sources = new ReadingBatch[Batches];
        for (int i = 0; i < Batches; i++)
        {
            sources[i] = new ReadingBatch();
            long window = one.BatchMs * UnixTicks.PerMillisecond;
            trace.Read(StartTicks, i * window, (i + 1) * window, sources[i]);
        }

        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        var builder = new BatchBuilder();
        long readings = sources.Sum(static s => (long)s.Count);
        byte[][] sealedBatches = new byte[Batches][];
        TimeSpan encode = TimeSpan.MaxValue, decode = TimeSpan.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan start = CpuTime.OfThisThread();
            for (int i = 0; i < Batches; i++)
            {
                SealedBatch batch = Seal(builder, sources[i], i + 1, signer);
                if (round == 0)
                {
                    sealedBatches[i] = batch.Signed.ToArray();
                }
            }

            encode = Min(encode, CpuTime.OfThisThread() - start);
            decode = Min(decode, Decode(sealedBatches));
        }

        into.Add(BenchMeasurement.AtMost($"{one.Name}: bytes a reading", sealedBatches.Sum(static b => (double)b.Length) / readings, "B", BytesPerReadingMax));
        into.Add(BenchMeasurement.AtLeast($"{one.Name}: encoded", readings / encode.TotalSeconds, "readings/s", ReadingsPerSecondMin));
        into.Add(BenchMeasurement.AtLeast($"{one.Name}: decoded", readings / decode.TotalSeconds, "readings/s", ReadingsPerSecondMin));
    }

    private static SealedBatch Seal(BatchBuilder builder, ReadingBatch source, long sequence, EcdsaBatchSigner signer)
    {
        builder.Clear();
        int device = -1;
        foreach (ref readonly Reading reading in source.Readings)
        {
            builder.Add(source, reading);
            if (reading.TagId / PlantTrace.TagsPerDevice != device)
            {
                device = reading.TagId / PlantTrace.TagsPerDevice;
                const int n = PlantTrace.TagsPerDevice;
                builder.AddAccount(new ScanAccount(device, UnixTicks.HourOf(reading.SourceTicks), Provenance.Live, n, n, 0, 0, 0, 0, 0, n, n / 2));
            }
        }

        var header = new BatchHeader("demo-plant", "gw-01", Guid.Empty, sequence, NoHash, builder.LastTicks + UnixTicks.PerMillisecond, NoHash);
        return builder.Seal(header, signer);
    }

    private static readonly byte[] NoHash = new byte[BatchFormat.HashBytes];

    private static TimeSpan Decode(byte[][] batches)
    {
        var decoded = new DecodedBatch();
        TimeSpan start = CpuTime.OfThisThread();
        foreach (byte[] batch in batches)
        {
            if (BatchReader.TryRead(batch, decoded, BatchLimits.Default) != BatchReadStatus.Ok)
            {
                throw new InvalidOperationException("A batch that was just written cannot be read.");
            }
        }

        return CpuTime.OfThisThread() - start;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private sealed record WireCase(string Name, int PeriodMs, int BatchMs);
}
