using EdgeAgent.Commands.Bench.Wire;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Core.Tests.Batches;

public sealed class BatchAllocationTests
{
    [Fact]
    public void Filling_and_sealing_allocates_nothing_once_warm()
    {
        ReadingBatch readings = Trace(1000, 250);
        var builder = new BatchBuilder();
        var signer = new FixedSigner();

        Assert.Equal(0, AllocatedBy(() => FillAndSeal(builder, readings, signer)));
    }

    /// <summary>The framework's ECDSA wraps a native context in an object for each signature; that is all that a sealed batch costs.</summary>
    [Fact]
    public void A_signature_allocates_a_handle_and_nothing_that_grows()
    {
        using EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        ReadingBatch readings = Trace(1000, 250);
        var builder = new BatchBuilder();

        Assert.InRange(AllocatedBy(() => FillAndSeal(builder, readings, signer)), 0, 100 * 256);
    }

    [Fact]
    public void Reading_allocates_nothing_once_warm()
    {
        byte[] signed = BatchSamples.Seal(Trace(1000, 250), new FixedSigner());
        var decoded = new DecodedBatch();

        Assert.Equal(0, AllocatedBy(() => BatchReader.TryRead(signed, decoded, BatchLimits.Default)));
    }

    [Theory]
    [InlineData(1000, 250, 3.0)]
    [InlineData(1000, 2000, 2.0)]
    [InlineData(100, 250, 2.0)]
    public void A_realistic_trace_takes_at_most_so_many_bytes_a_reading(int periodMs, int batchMs, double bytesMax)
    {
        ReadingBatch readings = Trace(periodMs, batchMs);
        byte[] signed = BatchSamples.Seal(readings, new FixedSigner());
        Assert.InRange(signed.Length / (double)readings.Count, 0.5, bytesMax);
    }

    private static void FillAndSeal(BatchBuilder builder, ReadingBatch readings, IBatchSigner signer)
    {
        builder.Clear();
        BatchSamples.Fill(builder, readings, everything: false);
        builder.AddAccount(BatchSamples.Account);
        builder.AddAccount(BatchSamples.Account);
        builder.Seal(BatchSamples.Header(), signer);
    }

    private static ReadingBatch Trace(int periodMs, int batchMs)
    {
        var readings = new ReadingBatch();
        new PlantTrace(10_000, periodMs, seed: 1).Read(BatchSamples.Now, 0, batchMs * UnixTicks.PerMillisecond, readings);
        return readings;
    }

    private static long AllocatedBy(Action action)
    {
        for (int i = 0; i < 100; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
