namespace EdgeAgent.Commands.Bench.OpcUa;

/// <summary>What one notification costs the client, from the socket to a batch of readings.</summary>
internal sealed class OpcUaSubscribeScenario : IBenchScenario
{
    private const int Few = 1_000;
    private const int Many = 10_000;

    /// <summary>At ten messages a second it takes long until the code has been optimised.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(30);

    public string Name => "opcua-subscribe";

    public string Description =>
        $"CPU and garbage of one OPC UA notification, {Few:N0} and {Many:N0} items that change every {BenchSubscription.IntervalMs} ms, without security; and whether all arrive.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        List<BenchMeasurement> measurements = [];
        foreach (int items in (int[])[Few, Many])
        {
            await using OpcUaSource c = await OpcUaSource.StartCAsync(items, BenchSubscription.IntervalMs, context);
            await MeasureAsync(c, items, hasTargets: true, measurements, context);
        }

        await using (OpcUaSource node = await OpcUaSource.StartNodeAsync(Few, BenchSubscription.IntervalMs, context))
        {
            await MeasureAsync(node, Few, hasTargets: false, measurements, context);
        }

        await using (OpcUaSource simulator = await OpcUaSource.StartSimulatorAsync(Many, BenchSubscription.IntervalMs, context))
        {
            await MeasureAsync(simulator, Many, hasTargets: false, measurements, context);
        }

        return new BenchResult(
            measurements,
            [
                $"user and system time of the client's whole process over {Measured.TotalSeconds} s, after {WarmUp.TotalSeconds} s; each value is put into a batch and checked to follow the one before",
                "node-opcua changes values at the rate that it can",
            ]);
    }

    private static async Task MeasureAsync(OpcUaSource source, int items, bool hasTargets, List<BenchMeasurement> measurements, BenchContext context)
    {
        string what = $"{source.Name}, {items:N0} items";
        context.Report($"opcua-subscribe: {what}");
        await using BenchSubscription subscription = await BenchSubscription.StartAsync(source, items, secure: false, context);
        ValueCost cost = await subscription.MeasureAsync(source, WarmUp, Measured, context);
        long lost = subscription.Sink.Lost + subscription.Statistics.Lost + subscription.Statistics.Overflows;

        // One message more or less falls into the time that is measured.
        double perSecond = items * 1000.0 / BenchSubscription.IntervalMs;
        double oneMessage = items / Measured.TotalSeconds;
        measurements.Add(new BenchMeasurement($"{what}: CPU per notification", cost.CpuUs, "µs", hasTargets ? 0.30 : null));
        measurements.Add(new BenchMeasurement($"{what}: garbage per notification", cost.Bytes, "B", hasTargets ? 8 : null));
        measurements.Add(new BenchMeasurement($"{what}: notifications", cost.PerSecond, "1/s", hasTargets ? perSecond - oneMessage : null, BenchDirection.AtLeast));
        measurements.Add(new BenchMeasurement($"{what}: values lost", lost, "", hasTargets ? 0 : null));
        measurements.Add(BenchMeasurement.Observed($"{what}: the server's own CPU per notification", cost.ServerCpuUs, "µs"));
    }
}
