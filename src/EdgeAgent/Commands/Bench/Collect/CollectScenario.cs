using EdgeAgent.Commands.Bench.Modbus;

namespace EdgeAgent.Commands.Bench.Collect;

/// <summary>The whole agent at work: Modbus TCP in, buffer on disk, Mosquitto out at QoS 1; CPU per million values, memory, freshness.</summary>
internal sealed class CollectScenario : IBenchScenario
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15); // The first 5 s of a .NET process are compilation.
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    public string Name => "collect";

    public string Description => "10,000 tags @ 1 s and @ 100 ms, 100,000 tags @ 1 s, in 10 scan classes to Mosquitto at QoS 1 with the buffer on: CPU of the agent's process, memory, freshness.";

    public async Task<BenchResult> RunAsync(BenchContext context) => new(
        [
            .. await RunAsync(new CollectLoad(Devices: 10, IntervalMs: 1000), cpuTarget: 2.0, rssTargetMb: 100, context),
            .. await RunAsync(new CollectLoad(Devices: 10, IntervalMs: 100), cpuTarget: 0.8, rssTargetMb: 100, context),
            .. await RunAsync(new CollectLoad(Devices: 100, IntervalMs: 1000), cpuTarget: null, rssTargetMb: 200, context),
        ],
        [
            "the Modbus server in C, the agent and Mosquitto are processes of their own; the agent's CPU time, user and system, is read from /proc",
            "the agent has no web section; HTTP adds about 8 MB",
            "ten connections, 8 requests of 125 registers on their way at once; a batch counts as done when Mosquitto has acknowledged it",
            "every tag is a counter that changes every 10 ms, checked by an independent subscriber, which also sums the accounts",
        ]);

    private static async Task<IReadOnlyList<BenchMeasurement>> RunAsync(CollectLoad load, double? cpuTarget, double rssTargetMb, BenchContext context)
    {
        string directory = Directory.CreateDirectory(Path.Combine(context.Directory, load.Name.Replace(' ', '-'))).FullName;
        await using MosquittoProcess mosquitto = await MosquittoProcess.StartAsync(context);
        await using CServer server = await CServer.StartCountersAsync(context);
        await using FreshnessCount fresh = await FreshnessCount.SubscribeAsync(load.Tags, mosquitto.Port, context);
        await using ChildProcess agent = AgentProcess.Start("run", "--config", load.WriteAgent(directory, server.Port, mosquitto.Port, "\"acknowledge\": \"broker\""));
        await fresh.First.WaitAsync(StartLimit, context.Time, context.Cancellation);
        context.Report($"{load.Name}: warming up");
        await context.Wait(WarmUp);

        fresh.Reset();
        TimeSpan cpu = CpuTime.OfProcess(agent.Id);
        context.Report($"{load.Name}: measuring for {Measured.TotalSeconds} s");
        await context.Wait(Measured);
        cpu = CpuTime.OfProcess(agent.Id) - cpu;
        return
        [
            Cpu(load, cpu.TotalSeconds / (fresh.Values / 1e6), cpuTarget),
            BenchMeasurement.AtMost($"{load.Name}: resident memory", ProcessMemory.ResidentBytes(agent.Id) / 1e6, "MB", rssTargetMb),
            BenchMeasurement.Observed($"{load.Name}: resident memory, peak", ProcessMemory.ResidentPeakBytes(agent.Id) / 1e6, "MB"),
            BenchMeasurement.Observed($"{load.Name}: values received", fresh.Values / Measured.TotalSeconds, "1/s"),
            BenchMeasurement.AtMost($"{load.Name}: readings missed", fresh.Missed, $"of {fresh.Due}", 0),
            BenchMeasurement.AtMost($"{load.Name}: bad readings", fresh.Bad, "", 0),
            BenchMeasurement.AtMost($"{load.Name}: values published twice", fresh.Stale, "", 0),
            BenchMeasurement.AtMost($"{load.Name}: gaps in the sequence", fresh.Gaps, "", 0),
        ];
    }

    private static BenchMeasurement Cpu(CollectLoad load, double secondsPerMillion, double? target)
    {
        string name = $"{load.Name}: CPU per million values";
        return target is { } held ? BenchMeasurement.AtMost(name, secondsPerMillion, "s", held) : BenchMeasurement.Observed(name, secondsPerMillion, "s");
    }
}
