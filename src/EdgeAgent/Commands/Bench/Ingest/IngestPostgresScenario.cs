using EdgeAgent.Store.Postgres;
using Npgsql;

namespace EdgeAgent.Commands.Bench.Ingest;

/// <summary>Readings that PostgreSQL takes in a second, through the store.</summary>
internal sealed class IngestPostgresScenario : IBenchScenario
{
    private const int Batches = 800;
    private const double TargetPerSecond = 150_000;

    public string Name => "ingest-postgresql";

    public string Description => "Batches of 2,500 readings committed to PostgreSQL, 16 at a time; the server on the same machine.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        context.Report("preparing batches");
        IngestLoad load = await IngestLoad.PrepareAsync(context, Batches);
        await using PostgresProcess server = await PostgresProcess.StartAsync(context);
        await using var store = new PostgresStore(new PostgresOptions(server.ConnectionString) { RetentionMonths = 0 }, context.Time);
        await store.InitializeAsync(context.Cancellation);
        TimeSpan serverCpu = server.Cpu(), ownCpu = CpuTime.OfThisProcess();
        context.Report("appending");
        double seconds = await load.AppendAsync(store, context);
        ownCpu = CpuTime.OfThisProcess() - ownCpu;
        serverCpu = server.Cpu() - serverCpu;
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(server.ConnectionString);
        await using NpgsqlCommand size = source.CreateCommand("SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'edgeagent.readings'::regclass");
        double bytes = Convert.ToDouble(await size.ExecuteScalarAsync(context.Cancellation), System.Globalization.CultureInfo.InvariantCulture);
        return new BenchResult(
            [
                BenchMeasurement.AtLeast("committed", load.Readings / seconds, "readings/s", TargetPerSecond),
                BenchMeasurement.Observed("  CPU of the hub's side", ownCpu.TotalMicroseconds / load.Readings, "µs/reading"),
                BenchMeasurement.Observed("  CPU of the server", serverCpu.TotalMicroseconds / load.Readings, "µs/reading"),
                BenchMeasurement.Observed("on disk, index included", bytes / load.Readings, "bytes/reading"),
            ],
            [$"{load.Readings:N0} readings of 10,000 series in {Batches} batches; evidence, accounts and sequences are written in the same transactions.",
             "Debian's defaults but for max_wal_size = 4GB; each commit is synchronous. No TimescaleDB."]);
    }
}
