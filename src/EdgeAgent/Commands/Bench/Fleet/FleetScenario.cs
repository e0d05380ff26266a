using System.Globalization;
using System.Text;
using EdgeAgent.Assessment.Catalogue;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.Portfolio;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Commands.Bench.Indicators;
using EdgeAgent.Commands.Bench.Ingest;
using EdgeAgent.Commands.Bench.Mqtt;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Store.Agents;
using EdgeAgent.Store.Postgres;
using Npgsql;

namespace EdgeAgent.Commands.Bench.Fleet;

/// <summary>A provider's fleet: signed batches of many enterprises through Mosquitto to two hubs that share a subscription, into one PostgreSQL.</summary>
/// <param name="enterprises">Each with one agent of four devices and 200 tags, read once a second.</param>
/// <param name="seconds">Seconds of data that each agent sends, one batch a second.</param>
internal sealed class FleetScenario(string name, int enterprises, int seconds) : IBenchScenario
{
    private const int Hubs = 2;
    private const int Connections = 4;
    private static readonly TimeSpan s_age = TimeSpan.FromHours(30);

    public string Name => name;

    public string Description => $"{enterprises:N0} enterprises send signed batches through Mosquitto to {Hubs} hubs on a shared subscription, into one PostgreSQL.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        long startTicks = UnixTicks.From(context.Time.GetUtcNow() - s_age);
        FleetAgent[] agents = [.. Enumerable.Range(0, enterprises).Select(i => new FleetAgent(i, startTicks))];
        await using PostgresProcess database = await PostgresProcess.StartAsync(context);
        await using MosquittoProcess broker = await MosquittoProcess.StartAsync(context);
        Enrol(agents, context);
        await using FleetHub first = await FleetHub.StartAsync(0, broker, database, context);
        await using FleetHub second = await FleetHub.StartAsync(1, broker, database, context);
        FleetHub[] hubs = [first, second];

        // The first batch of an agent brings its definition; the measured ones come when both hubs can know it.
        long introduced = await SendAsync(agents, 1, broker, hubs, 0, context);
        TimeSpan[] hubCpu = [.. hubs.Select(hub => hub.Cpu())];
        TimeSpan storeCpu = database.Cpu(), brokerCpu = CpuTime.OfProcess(broker.ProcessId);
        long start = context.Time.GetTimestamp();
        long readings = await SendAsync(agents, seconds, broker, hubs, introduced, context);
        double elapsed = context.Time.GetElapsedTime(start).TotalSeconds;
        TimeSpan spent = hubs.Select((hub, i) => hub.Cpu() - hubCpu[i]).Aggregate(TimeSpan.Zero, (sum, one) => sum + one);
        storeCpu = database.Cpu() - storeCpu;
        brokerCpu = CpuTime.OfProcess(broker.ProcessId) - brokerCpu;

        long batches = (long)enterprises * seconds;
        List<BenchMeasurement> figures =
        [
            BenchMeasurement.Observed("readings of one hub core", readings / spent.TotalSeconds, "readings/s"),
            BenchMeasurement.Observed("  batches of one hub core", batches / spent.TotalSeconds, "batches/s"),
            BenchMeasurement.Observed("  CPU of the store", storeCpu.TotalMicroseconds / readings, "µs/reading"),
            BenchMeasurement.Observed("  CPU of the broker", brokerCpu.TotalMicroseconds / batches, "µs/batch"),
            BenchMeasurement.Observed("through everything on this machine", readings / elapsed, "readings/s"),
            BenchMeasurement.Observed("memory of a hub, most", hubs.Max(hub => hub.ResidentPeakBytes()) / 1048576.0, "MB"),
            BenchMeasurement.Observed("share of the busier hub", hubs.Max(hub => hub.Cpu()) / hubs.Select(hub => hub.Cpu()).Aggregate(TimeSpan.Zero, (sum, one) => sum + one), "ratio"),
        ];
        double refused = 0;
        foreach (FleetHub hub in hubs)
        {
            refused += await hub.ReadAsync("refusedBatches", context);
        }

        figures.Add(BenchMeasurement.AtMost("batches refused", refused, "", 0));
        await MeasureSizeAsync(database, readings + introduced, figures, context);
        await MeasureIndicatorsAsync(database, figures, context);
        foreach (FleetAgent agent in agents)
        {
            agent.Dispose();
        }

        return new BenchResult(
            figures,
            [string.Create(CultureInfo.InvariantCulture, $"{enterprises:N0} agents with keys of their own, {FleetAgent.Devices} devices and 200 tags each; batches of 200 readings, {seconds} from each, sent as fast as they are taken."),
             "Everything runs on this machine: load, broker, hubs and store share its cores. CPU is counted by process; a hub core is a core that hubs alone have.",
             "Sizes include indexes, signed batches, accounts and sequences."]);
    }

    /// <summary>Both hubs know every agent, as after their approval.</summary>
    private static void Enrol(FleetAgent[] agents, BenchContext context)
    {
        context.Report("enrolling");
        using (AgentRegistry registry = AgentRegistry.Open(FleetHub.DataDirectory(0, context), context.Time))
        {
            foreach (FleetAgent agent in agents)
            {
                registry.Enrol(agent.Key, agent.PublicKey, "bench");
            }
        }

        string second = FleetHub.DataDirectory(1, context);
        Directory.CreateDirectory(second);
        foreach (string file in Directory.GetFiles(FleetHub.DataDirectory(0, context), AgentRegistry.FileName + "*"))
        {
            File.Copy(file, Path.Combine(second, Path.GetFileName(file)));
        }
    }

    /// <summary>Seals beforehand, then sends over several connections, each agent's batches in order, and waits until all are stored.</summary>
    /// <returns>The readings sent.</returns>
    private async Task<long> SendAsync(FleetAgent[] agents, int rounds, MosquittoProcess broker, FleetHub[] hubs, long before, BenchContext context)
    {
        context.Report($"sealing {rounds * enterprises:N0} batches");
        long readings = 0;
        List<(byte[] Topic, byte[] Batch)>[] lanes = [.. Enumerable.Range(0, Connections).Select(_ => new List<(byte[], byte[])>())];
        BatchBuilder builder = new();
        ReadingBatch scratch = new();
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < agents.Length; i++)
            {
                byte[] batch = agents[i].Seal(builder, scratch, out int count);
                lanes[i % Connections].Add((Encoding.UTF8.GetBytes(agents[i].BatchTopic), batch));
                readings += count;
            }
        }

        context.Report("sending");
        await Task.WhenAll(lanes.Select(lane => Task.Run(() => SendLaneAsync(lane, broker.Port, context))));
        while (await hubs[0].ReadAsync("storedReadings", context) < before + readings)
        {
            context.Report($"stored {await hubs[0].ReadAsync("storedReadings", context):N0} of {before + readings:N0}");
            await context.Wait(TimeSpan.FromMilliseconds(250));
        }

        return readings;
    }

    private static async Task SendLaneAsync(List<(byte[] Topic, byte[] Batch)> lane, int port, BenchContext context)
    {
        await using MqttClient client = await BenchClient.ConnectAsync(port, context);
        Queue<Task<MqttPublishResult>> sent = [];
        foreach ((byte[] topic, byte[] batch) in lane)
        {
            if (sent.Count >= PublishLoad.InFlight)
            {
                Require(await sent.Dequeue());
            }

            sent.Enqueue(client.PublishAsync(topic, batch).AsTask());
        }

        while (sent.TryDequeue(out Task<MqttPublishResult>? last))
        {
            Require(await last);
        }

        static void Require(MqttPublishResult result)
        {
            if (!result.IsAcknowledged)
            {
                throw CommandFailure.Failed($"The broker did not take a batch: {result.Status}, {result.Reason}");
            }
        }
    }

    private static async Task MeasureSizeAsync(PostgresProcess database, long readings, List<BenchMeasurement> figures, BenchContext context)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database.ConnectionString);
        await using NpgsqlCommand size = source.CreateCommand("SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'edgeagent' AND c.relkind IN ('r', 'm')");
        double bytes = Convert.ToDouble(await size.ExecuteScalarAsync(context.Cancellation), CultureInfo.InvariantCulture);
        figures.Add(BenchMeasurement.Observed("size in the store", bytes / readings, "bytes/reading"));
    }

    /// <summary>The provider's table of all enterprises, first and with nothing new.</summary>
    private async Task MeasureIndicatorsAsync(PostgresProcess database, List<BenchMeasurement> figures, BenchContext context)
    {
        await using PostgresStore store = new(new PostgresOptions(database.ConnectionString) { RetentionMonths = 0 }, context.Time);
        await store.InitializeAsync(context.Cancellation);
        LoadedRulePack pack = RulePackCatalog.Load(RulePackCatalog.DefaultId);
        PortfolioEnterprise[] all = [.. Enumerable.Range(0, enterprises).Select(i => new PortfolioEnterprise($"enterprise-{i:0000}", LedgerOf(i), null, PointTable.Empty))];
        using AccountCache cache = new(store, allowSimulated: false);
        PortfolioAssessment portfolio = new(store, cache, pack, context.Time);
        foreach (string round in (string[])["first", "again"])
        {
            context.Report($"indicators: {round}");
            long start = context.Time.GetTimestamp();
            PortfolioReport report = await portfolio.AssessAsync(all, context.Time.GetUtcNow(), context.Cancellation);
            figures.Add(BenchMeasurement.Observed($"indicators of all enterprises, {round}", context.Time.GetElapsedTime(start).TotalSeconds, "s"));
            if (report.Sites.Count(site => site.Problem is null) is var assessed && assessed != enterprises)
            {
                throw CommandFailure.Failed($"Only {assessed} of {enterprises} enterprises could be assessed.");
            }
        }
    }

    private static DeviceLedger LedgerOf(int number) => AccountLoad.LedgerOf(number, FleetAgent.Devices);
}
