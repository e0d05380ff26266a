using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Store;
using EdgeAgent.Store.Agents;
using EdgeAgent.Store.Ingest;
using EdgeAgent.Store.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Commands.Bench.Buffer;

/// <summary>Empties a buffer after an outage: publisher, Mosquitto, hub and embedded store, all on this machine.</summary>
internal sealed class DrainScenario : IBenchScenario
{
    private const double TargetPerSecond = 300_000;

    public string Name => "drain";

    public string Description => "Drains a buffer after an outage through Mosquitto into the embedded store, until everything is acknowledged.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        // 10,000 tags at 1 s in full batches, and 1,000 tags at 1 s flushed every 250 ms for two hours.
        Figures full = await DrainAsync(context, "full batches", new OutageChain(10_000, 1000, 2000, context.Time), 300);
        Figures live = await DrainAsync(context, "small batches", new OutageChain(1000, 1000, 250, context.Time), 28_800);
        return new BenchResult(
            [
                BenchMeasurement.AtLeast("drained, batches of 20,000 readings", full.PerSecond, "readings/s", TargetPerSecond),
                BenchMeasurement.Observed("  CPU of agent and hub together", full.CpuMicroseconds, "µs/reading"),
                BenchMeasurement.AtLeast("drained, batches of 250 readings", live.PerSecond, "readings/s", TargetPerSecond),
                BenchMeasurement.Observed("  batches", live.BatchesPerSecond, "batches/s"),
                BenchMeasurement.Observed("batches sent twice", full.Repeated + live.Repeated, "batches"),
            ],
            ["The store was found to hold every reading once. From the publisher's start until the store has committed and acknowledged everything and the buffer is empty.",
             "Publisher, hub and store run in this process and Mosquitto beside it, on the same cores; the store syncs each commit."]);
    }

    private static async Task<Figures> DrainAsync(BenchContext context, string what, OutageChain chain, int batches)
    {
        using OutageChain owned = chain;
        string directory = Path.Combine(context.Directory, what.Replace(' ', '-'));
        await using BatchBuffer buffer = BatchBuffer.Open(
            new BufferOptions { Directory = Path.Combine(directory, "buffer"), Cursors = ["hub"] }, context.Time, NullLogger.Instance);
        context.Report($"{what}: filling the buffer");
        long readings = chain.Append(buffer, batches, context.Cancellation);

        await using MosquittoProcess mosquitto = await MosquittoProcess.StartAsync(context);
        string broker = $"mqtt://127.0.0.1:{mosquitto.Port}";
        await using var store = new SqliteTimeSeriesStore(
            new SqliteStoreOptions(Path.Combine(directory, "hub")), context.Time, NullLogger<SqliteTimeSeriesStore>.Instance);
        using AgentRegistry registry = AgentRegistry.Open(Path.Combine(directory, "hub"), context.Time);
        registry.Enrol(new AgentKey(OutageChain.Site, OutageChain.Agent), chain.Signer.PublicKey.Span, "bench");
        await using MqttHubLink link = HubLinkFactory.Create(
            new MqttConnectionConfig { Brokers = [broker] }, context.Time, NullLoggerFactory.Instance);
        var ingest = new IngestService(
            store, registry, link, new IngestOptions { RefusedDirectory = Path.Combine(directory, "refused") }, context.Time,
            NullLogger<IngestService>.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        Task hub = ingest.RunAsync(stop.Token);
        try
        {
            while (!ingest.Statistics.Connected)
            {
                await context.Wait(TimeSpan.FromMilliseconds(20));
            }

            Figures figures = await MeasureAsync(context, what, buffer, chain, broker, batches, readings);
            StoreTotals totals = await store.ReadTotalsAsync(null, context.Cancellation);
            return totals.Readings == readings && totals.Batches == batches
                ? figures
                : throw CommandFailure.Failed($"{readings} readings in {batches} batches went in, {totals} is what the store has.");
        }
        finally
        {
            await stop.CancelAsync();
            await hub.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<Figures> MeasureAsync(
        BenchContext context, string what, BatchBuffer buffer, OutageChain chain, string broker, int batches, long readings)
    {
        await using IPublisher publisher = PublisherFactory.Create(
            new PublisherConfig { Name = "hub", Brokers = [broker] },
            new PublisherIdentity(OutageChain.Site, OutageChain.Agent, "bench", chain.Signer.PublicKey), buffer, context.Time,
            NullLoggerFactory.Instance);
        publisher.Announce(new PublishedPlant(chain.Definition.ConfigHash, []));
        TimeSpan cpu = CpuTime.OfThisProcess();
        long start = context.Time.GetTimestamp();
        publisher.Start();
        while (buffer.ReadStatistics().PendingBatches > 0)
        {
            await context.Wait(TimeSpan.FromMilliseconds(10));
            context.Report($"{what}: {buffer.ReadStatistics().PendingBatches:N0} batches left");
        }

        double seconds = context.Time.GetElapsedTime(start).TotalSeconds;
        cpu = CpuTime.OfThisProcess() - cpu;
        return new Figures(readings / seconds, batches / seconds, cpu.TotalMicroseconds / readings, publisher.Statistics.Repeated);
    }

    private sealed record Figures(double PerSecond, double BatchesPerSecond, double CpuMicroseconds, long Repeated);
}
