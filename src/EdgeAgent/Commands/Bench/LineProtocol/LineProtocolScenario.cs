using EdgeAgent.Commands.Bench.Wire;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Store.Influx.Lines;

namespace EdgeAgent.Commands.Bench.LineProtocol;

/// <summary>Time and memory that a reading takes to become a line of InfluxDB's line protocol.</summary>
internal sealed class LineProtocolScenario : IBenchScenario
{
    private const int Tags = 10_000;
    private const int Seed = 20_261_122;
    private const double MicrosecondsMax = 0.3;
    /// <summary>Enough for the code to be compiled in its final form.</summary>
    private const int WarmUpRounds = 50;

    /// <summary>Some seconds in all: a thread's CPU time is told in steps of milliseconds.</summary>
    private const int Rounds = 500;

    /// <summary>A fixed instant of 2026.</summary>
    private const long StartTicks = 17_700_000_000_000_000;

    private const long NanosecondsPerTick = 100;

    public string Name => "line-protocol";

    public string Description => "Readings of a 10,000-tag plant formatted as line protocol for InfluxDB: CPU time and bytes allocated a point.";

    public Task<BenchResult> RunAsync(BenchContext context)
    {
        var trace = new PlantTrace(Tags, periodMs: 1000, Seed);
        var plant = new ReadingBatch();
        trace.Read(StartTicks, 0, 2 * UnixTicks.PerSecond, plant);
        var floats = new ReadingBatch();
        var random = new Random(Seed);
        for (int i = 0; i < plant.Count; i++)
        {
            // Every mantissa bit used: the slowest numbers to print.
            floats.Add(Reading.Float64(i % Tags, Quality.Good, StartTicks + i, random.NextDouble() * 1000));
        }

        byte[][] keys = new byte[Tags][];
        for (int i = 0; i < Tags; i++)
        {
            keys[i] = ReadingFormatter.Key(new SeriesKey("demo-plant", "gw-01", $"press-{i / PlantTrace.TagsPerDevice:000}", $"tag-{i % PlantTrace.TagsPerDevice:00}"));
        }

        Figures mixed = Measure(context, plant, keys), worst = Measure(context, floats, keys);
        return Task.FromResult(new BenchResult(
            [
                BenchMeasurement.AtMost("plant's mix of types", mixed.Microseconds, "µs/point", MicrosecondsMax),
                BenchMeasurement.AtMost("  allocated", mixed.AllocatedBytes, "bytes/point", 0),
                BenchMeasurement.AtMost("doubles of 17 digits", worst.Microseconds, "µs/point", MicrosecondsMax),
                BenchMeasurement.AtMost("  allocated", worst.AllocatedBytes, "bytes/point", 0),
                BenchMeasurement.Observed("length, plant's mix", mixed.BytesPerPoint, "bytes/point"),
            ],
            ["Measurement, four tags, value, quality and time in nanoseconds, into a buffer that is used again; CPU time of the one thread, the mean of all rounds.",
             "Compression and sending are not included."]));
    }

    private static Figures Measure(BenchContext context, ReadingBatch readings, byte[][] keys)
    {
        var lines = new LineBuffer();
        for (int round = 0; round < WarmUpRounds; round++)
        {
            Format(lines, readings, keys);
        }

        TimeSpan start = CpuTime.OfThisThread();
        long allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Format(lines, readings, keys);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        double points = (double)readings.Count * Rounds;
        return new Figures((CpuTime.OfThisThread() - start).TotalMicroseconds / points, allocated / points, (double)lines.Length / readings.Count);
    }

    private static void Format(LineBuffer lines, ReadingBatch readings, byte[][] keys)
    {
        lines.Clear();
        foreach (ref readonly Reading reading in readings.Readings)
        {
            ReadingFormatter.Write(lines, keys[reading.TagId], reading, readings.BytesOf(reading), Provenance.Live, reading.SourceTicks * NanosecondsPerTick);
        }
    }

    private sealed record Figures(double Microseconds, double AllocatedBytes, double BytesPerPoint);
}
