namespace EdgeAgent.Commands.Bench.OpcUa;

/// <summary>What signing and encrypting adds to a notification.</summary>
internal sealed class OpcUaSecureScenario : IBenchScenario
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);

    public string Name => "opcua-secure";

    public string Description => "What SignAndEncrypt with Basic256Sha256 adds to the CPU of one OPC UA notification, at 1,000 and 10,000 items a message.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        List<BenchMeasurement> measurements = [];
        foreach (int items in (int[])[1_000, 10_000])
        {
            await using OpcUaSource source = await OpcUaSource.StartSimulatorAsync(items, BenchSubscription.IntervalMs, context);
            ValueCost plain = await MeasureAsync(source, items, secure: false, context);
            ValueCost secure = await MeasureAsync(source, items, secure: true, context);
            string what = $"{items:N0} a message";
            measurements.Add(BenchMeasurement.Observed($"{what}: CPU per notification without security", plain.CpuUs, "µs"));
            measurements.Add(BenchMeasurement.Observed($"{what}: CPU per notification signed and encrypted", secure.CpuUs, "µs"));
            measurements.Add(BenchMeasurement.AtMost($"{what}: security adds", secure.CpuUs - plain.CpuUs, "µs", 0.10));
            measurements.Add(BenchMeasurement.Observed($"{what}: garbage per notification signed and encrypted", secure.Bytes, "B"));
        }

        return new BenchResult(
            measurements,
            [
                "the source is our own simulator, which has security, in a process of its own",
                $"user and system time of the client's whole process over {Measured.TotalSeconds} s, after {WarmUp.TotalSeconds} s",
            ]);
    }

    private static async Task<ValueCost> MeasureAsync(OpcUaSource source, int items, bool secure, BenchContext context)
    {
        context.Report($"opcua-secure: {items:N0} items{(secure ? ", signed and encrypted" : "")}");
        await using BenchSubscription subscription = await BenchSubscription.StartAsync(source, items, secure, context);
        return await subscription.MeasureAsync(source, WarmUp, Measured, context);
    }
}
