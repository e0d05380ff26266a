using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands.Bench.Buffer;

/// <summary>Appends sealed batches of 20,000 readings to the buffer on disk.</summary>
internal sealed class BufferScenario : IBenchScenario
{
    private const int BatchesNormal = 1500;
    private const int BatchesFull = 150;
    private const int BatchesSealed = 100;
    private const double TargetPerSecond = 2_000_000;

    public string Name => "buffer";

    public string Description => "Appends batches of 20,000 readings to the buffer, each one committed, in both durability modes.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        // 10,000 tags at 1 s, two seconds a batch.
        using var chain = new OutageChain(tags: 10_000, periodMs: 1000, batchMs: 2000, context.Time);
        context.Report("appending, durability normal");
        Figures normal = await AppendAsync(context, chain, BufferDurability.Normal, BatchesNormal);
        context.Report("appending, durability full");
        Figures full = await AppendAsync(context, chain, BufferDurability.Full, BatchesFull);
        context.Report("sealing and appending");
        double sealing = await SealAndAppendAsync(context, chain);
        return new BenchResult(
            [
                BenchMeasurement.AtLeast("appended, durability normal", normal.PerSecond, "readings/s", TargetPerSecond),
                BenchMeasurement.Observed("  CPU of the whole process", normal.CpuMicrosecondsPerBatch, "µs/batch"),
                BenchMeasurement.Observed("  longest of 99 % of the appends", normal.P99Milliseconds, "ms"),
                BenchMeasurement.Observed("appended, durability full", full.PerSecond, "readings/s"),
                BenchMeasurement.Observed("  longest of 99 % of the appends", full.P99Milliseconds, "ms"),
                BenchMeasurement.Observed("collected, sealed and appended on one thread, normal", sealing, "readings/s"),
                BenchMeasurement.Observed("bytes on disk a reading", normal.BytesPerReading, "bytes"),
            ],
            ["Sealed before the clock starts in the first two; the last but one includes generating, encoding, compressing, hashing and signing.",
             "Durability full is as fast as the disk's flush; a disk that acknowledges flushes from a cache shows no difference.",
             $"One append at a time, {BatchesNormal} and {BatchesFull} batches, in {context.Directory}."]);
    }

    private static async Task<Figures> AppendAsync(BenchContext context, OutageChain chain, BufferDurability durability, int batches)
    {
        await using BatchBuffer buffer = Open(context, $"append-{durability}", durability);
        SealedBatch batch = chain.Seal(buffer, out BatchRecord record);
        long readings = 0;
        double[] milliseconds = new double[batches];
        TimeSpan cpu = CpuTime.OfThisProcess();
        long start = context.Time.GetTimestamp();
        for (int i = 0; i < batches; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            long before = context.Time.GetTimestamp();
            if (buffer.Append(batch.Signed, record with { Sequence = buffer.NextSequence, CarriesDefinition = false }) != AppendStatus.Appended)
            {
                throw CommandFailure.Failed("The buffer did not take a batch; is the disk full?");
            }

            milliseconds[i] = context.Time.GetElapsedTime(before).TotalMilliseconds;
            readings += record.Readings;
        }

        double seconds = context.Time.GetElapsedTime(start).TotalSeconds;
        cpu = CpuTime.OfThisProcess() - cpu;
        Array.Sort(milliseconds);
        return new Figures(
            readings / seconds, cpu.TotalMicroseconds / batches, milliseconds[batches * 99 / 100],
            (double)buffer.ReadStatistics().PendingBytes / readings);
    }

    private static async Task<double> SealAndAppendAsync(BenchContext context, OutageChain chain)
    {
        await using BatchBuffer buffer = Open(context, "sealed", BufferDurability.Normal);
        chain.Append(buffer, 5, context.Cancellation);
        long start = context.Time.GetTimestamp();
        long readings = chain.Append(buffer, BatchesSealed, context.Cancellation);
        return readings / context.Time.GetElapsedTime(start).TotalSeconds;
    }

    private static BatchBuffer Open(BenchContext context, string name, BufferDurability durability) => BatchBuffer.Open(
        new BufferOptions { Directory = Path.Combine(context.Directory, name), Durability = durability, Cursors = ["hub"] },
        context.Time, NullLogger.Instance);

    private sealed record Figures(double PerSecond, double CpuMicrosecondsPerBatch, double P99Milliseconds, double BytesPerReading);
}
