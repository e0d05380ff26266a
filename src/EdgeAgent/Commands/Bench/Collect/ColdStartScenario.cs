using EdgeAgent.Commands.Bench.Modbus;

namespace EdgeAgent.Commands.Bench.Collect;

/// <summary>From starting the program to the first reading in the store, everything in one process, on an empty data directory.</summary>
internal sealed class ColdStartScenario : IBenchScenario
{
    private const int Starts = 5;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    public string Name => "cold-start";

    public string Description => "Start of the built program (agent, broker and hub in one process, 10,000 tags) to the first stored reading.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        CollectLoad load = new(Devices: 10, IntervalMs: 1000);
        await using CServer server = await CServer.StartCountersAsync(context);
        List<double> milliseconds = [];
        for (int start = 1; start <= Starts; start++)
        {
            context.Report($"start {start} of {Starts}");
            milliseconds.Add(await StartOnceAsync(load, server.Port, Path.Combine(context.Directory, $"start-{start}"), context));
        }

        milliseconds.Sort();
        return new BenchResult(
            [
                BenchMeasurement.AtMost("start to first stored reading, median", milliseconds[Starts / 2] / 1000, "s", 1.5),
                BenchMeasurement.Observed("fastest", milliseconds[0] / 1000, "s"),
                BenchMeasurement.Observed("slowest", milliseconds[^1] / 1000, "s"),
            ],
            [$"{Starts} starts on an empty data directory each, timed from outside: from before the process is made to its line that says so"]);
    }

    private static async Task<double> StartOnceAsync(CollectLoad load, int serverPort, string directory, BenchContext context)
    {
        Directory.CreateDirectory(directory);
        int broker = LoopbackPort.Free();
        string rest = $$"""
            "broker": { "listen": "127.0.0.1:{{broker}}" },
            "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "hub/store" } },
            """;
        string file = load.WriteAgent(directory, serverPort, broker, "\"acknowledge\": \"store\"", rest);
        long started = context.Time.GetTimestamp();
        await using ChildProcess program = AgentProcess.Start("run", "--config", file);
        await program.WaitForLineAsync(line => line.Contains("First reading stored", StringComparison.Ordinal), StartLimit, context);
        return context.Time.GetElapsedTime(started).TotalMilliseconds;
    }
}
