using EdgeAgent.Commands.Bench.Modbus;

namespace EdgeAgent.Commands.Bench.Collect;

/// <summary>From reading to commit: agent, Mosquitto and hub as processes of their own, embedded store, default flushing.</summary>
internal sealed class LatencyScenario : IBenchScenario
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>The hub tells the lags of the last 30 to 60 s: after this, nothing of the start is among them.</summary>
    private static readonly TimeSpan Running = TimeSpan.FromSeconds(75);

    public string Name => "latency";

    public string Description => "Time from reading to commit in the store, p50 and p99, at 10,000 tags @ 100 ms with default flushing.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        CollectLoad load = new(Devices: 10, IntervalMs: 100);
        int webPort = LoopbackPort.Free();
        await using MosquittoProcess mosquitto = await MosquittoProcess.StartAsync(context);
        await using CServer server = await CServer.StartCountersAsync(context);
        await using AgentProcess hub = AgentProcess.Run(WriteHub(context.Directory, mosquitto.Port, webPort), webPort);
        await hub.WaitServingAsync(StartLimit, context);
        await using ChildProcess agent = AgentProcess.Start(
            "run", "--config", load.WriteAgent(context.Directory, server.Port, mosquitto.Port, "\"enrolmentToken\": \"bench\""));
        await hub.Process.WaitForLineAsync(line => line.Contains("First reading stored", StringComparison.Ordinal), StartLimit, context);
        context.Report($"{load.Name}: collecting for {Running.TotalSeconds} s");
        await context.Wait(Running);
        return new BenchResult(
            [
                BenchMeasurement.Observed("read to store, p50", await hub.ReadNumberAsync("hub.readToStoreP50Ms", context), "ms"),
                BenchMeasurement.AtMost("read to store, p99", await hub.ReadNumberAsync("hub.readToStoreP99Ms", context), "ms", 500),
                BenchMeasurement.Observed("readings stored", await hub.ReadNumberAsync("hub.storedReadings", context), ""),
            ],
            [
                "a reading's lag is the commit's time less its source time, taken by one clock; bucketed to 5 %, every reading of the last 30 to 60 s",
                "the store flushes to disk at each commit; flush interval of the agent 250 ms",
            ]);
    }

    private static string WriteHub(string directory, int brokerPort, int webPort)
    {
        string file = Path.Combine(directory, "hub.json");
        File.WriteAllText(file, $$"""
            { "site": "bench", "web": { "listen": "127.0.0.1:{{webPort}}", "anonymous": "state" },
              "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "hub/store" }, "enrolmentTokens": [ "bench" ],
                       "broker": { "brokers": [ "mqtt://127.0.0.1:{{brokerPort}}" ] } } }
            """);
        return file;
    }
}
