using System.Diagnostics;
using System.Text;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Core.Batches;

namespace EdgeAgent.Commands.Bench.Evidence;

/// <summary>How long an assessor waits until a pack of a month is checked.</summary>
internal sealed class VerifyScenario : IBenchScenario
{
    private const double SecondsMax = 10;
    private const int Rounds = 3;

    public string Name => "verify";

    public string Description => "Checking an evidence pack of 30 days and 100 devices: signatures, chains, every account and figure computed again.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        DateTimeOffset asOf = new(2025, 11, 20, 0, 0, 0, ShanghaiTime.Offset);
        int fromHour = ShanghaiTime.FirstHourOf(DateOnly.FromDateTime(asOf.Date).AddDays(-PackPlant.Days));
        using EcdsaBatchSigner agent = EcdsaBatchSigner.CreateEphemeral(), hub = EcdsaBatchSigner.CreateEphemeral();
        using PackPlant plant = new(fromHour, agent);
        string folder = Directory.CreateTempSubdirectory("edgeagent-bench-").FullName;
        try
        {
            string path = Path.Combine(folder, "pack.zip");
            PackSources sources = new(
                PackPlant.Agent.Site, asOf, WindowLength.OfDays(PackPlant.Days), Ledger(), false, RulePackCatalog.ReadBytes(RulePackCatalog.DefaultId),
                [new PackAgent(PackPlant.Agent.Site, PackPlant.Agent.Agent, Convert.ToBase64String(agent.PublicKey.Span), "", "bench")], null, "bench", []);
            await using PackPlantStore store = new(plant);
            long started = Stopwatch.GetTimestamp();
            PackSummary summary = await new PackExport(store, hub, new FixedClock(asOf.AddDays(2))).WriteAsync(sources, path, context.Cancellation);
            double export = Stopwatch.GetElapsedTime(started).TotalSeconds;
            VerificationKeys keys = new();
            keys.Add(hub.PublicKey.ToArray());
            keys.Add(agent.PublicKey.ToArray());
            (double wall, double cpu) = Verify(path, keys);
            return new BenchResult(
            [
                BenchMeasurement.AtMost("verify, wall time (best of 3)", wall, "s", SecondsMax),
                BenchMeasurement.Observed("verify, CPU time of all threads", cpu, "s"),
                BenchMeasurement.Observed("export from memory", export, "s"),
                BenchMeasurement.Observed("pack", summary.Bytes / 1e6, "MB"),
                BenchMeasurement.Observed("batches", plant.Batches, ""),
                BenchMeasurement.Observed("bytes of a batch", (double)plant.Bytes / plant.Batches, "B"),
            ],
            [
                "One agent, 1,000 tags read once a minute, one batch a minute, half of the readings held back by a deadband: 21.6 million readings sent, 43.2 million due.",
                "Checking takes time by batches and bytes, not by readings: a plant that seals four batches a second has 240 times as many in a month.",
            ]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double Wall, double Cpu) Verify(string path, VerificationKeys keys)
    {
        double best = double.MaxValue, cpu = 0;
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long started = Stopwatch.GetTimestamp();
            PackVerification verification = PackVerifier.Verify(path, keys);
            double wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (!verification.Holds)
            {
                throw new InvalidOperationException($"The pack that was just made does not hold: {verification.Problems[0]}");
            }

            if (wall < best)
            {
                (best, cpu) = (wall, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
            }
        }

        return (best, cpu);
    }

    private static byte[] Ledger()
    {
        StringBuilder csv = new("资产编号,设备名称,设备类别,状态,投用日期,数字化依据,佐证材料\r\n");
        for (int i = 0; i < PackPlant.Devices; i++)
        {
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"A-{i:000},设备{i},生产设备,在用,2020-01-01,PLC,铭牌照片.jpg\r\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
