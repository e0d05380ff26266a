namespace EdgeAgent.Commands.Bench.OpcUa;

/// <summary>How soon a session has its first value, and what many sessions take.</summary>
internal sealed class OpcUaSessionsScenario : IBenchScenario
{
    private const int Sessions = 50;
    private const int Items = 100;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);

    public string Name => "opcua-sessions";

    public string Description => $"Time to the first value of an OPC UA session, and memory of {Sessions} sessions with {Items} items each that change every {BenchSubscription.IntervalMs} ms.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        await using OpcUaSource source = await OpcUaSource.StartCAsync(Items, BenchSubscription.IntervalMs, context);
        List<BenchSubscription> subscriptions = [];
        try
        {
            context.Report("opcua-sessions: the first one");
            subscriptions.Add(await BenchSubscription.StartAsync(source, Items, secure: false, context));
            await context.Wait(Settling);
            long before = Resident();
            context.Report($"opcua-sessions: {Sessions} more");
            for (int i = 0; i < Sessions; i++)
            {
                subscriptions.Add(await BenchSubscription.StartAsync(source, Items, secure: false, context));
            }

            await context.Wait(Settling);
            ValueCost.Mark start = ValueCost.Now(source, context.Time, Values(subscriptions));
            await context.Wait(Measured);
            ValueCost cost = ValueCost.Since(start, source, context.Time, Values(subscriptions));
            long after = Resident();
            double[] firstValues = [.. subscriptions.Skip(1).Select(s => s.FirstValueAfter.TotalMilliseconds).Order()];
            return new BenchResult(
                [
                    BenchMeasurement.AtMost("first value, the first session of the process", subscriptions[0].FirstValueAfter.TotalMilliseconds, "ms", 150),
                    BenchMeasurement.AtMost("first value, later sessions, median", firstValues[firstValues.Length / 2], "ms", 150),
                    BenchMeasurement.Observed("first value, later sessions, the slowest", firstValues[^1], "ms"),
                    BenchMeasurement.AtMost($"memory that each of {Sessions} sessions adds", (after - before) / (1000.0 * Sessions), "kB", 300),
                    BenchMeasurement.AtMost("values lost", subscriptions.Sum(s => s.Sink.Lost), "", 0),
                    BenchMeasurement.Observed("notifications", cost.PerSecond, "1/s"),
                    BenchMeasurement.Observed("CPU per notification", cost.CpuUs, "µs"),
                ],
                [
                    "first value: from the wish to connect, without security, to the first message with values; the server sends it at once",
                    "memory: resident memory of the process after a collection, with and without the sessions",
                ]);
        }
        finally
        {
            foreach (BenchSubscription subscription in subscriptions)
            {
                await subscription.DisposeAsync();
            }
        }
    }

    private static long Values(List<BenchSubscription> subscriptions) => subscriptions.Sum(s => s.Sink.Values);

    private static long Resident()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return ProcessMemory.ResidentBytes(Environment.ProcessId);
    }
}
