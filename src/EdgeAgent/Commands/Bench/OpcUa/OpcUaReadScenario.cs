using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;

namespace EdgeAgent.Commands.Bench.OpcUa;

/// <summary>What one value read costs the client.</summary>
internal sealed class OpcUaReadScenario : IBenchScenario
{
    private const int Nodes = 1_000;
    private const int Rounds = 7;
    private const int IntervalMs = 100;

    public string Name => "opcua-read";

    public string Description => $"CPU and garbage of one value read over OPC UA: one session without security, {Nodes:N0} nodes a request, one after the other.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        List<BenchMeasurement> measurements = [];
        await using (OpcUaSource c = await OpcUaSource.StartCAsync(Nodes, IntervalMs, context))
        {
            ValueCost cost = await MeasureAsync(c, 2_000, context);
            measurements.Add(BenchMeasurement.AtMost($"{c.Name}: CPU per value", cost.CpuUs, "µs", 0.20));
            measurements.Add(BenchMeasurement.Observed($"{c.Name}: garbage per value", cost.Bytes, "B"));
            measurements.Add(BenchMeasurement.Observed($"{c.Name}: the server's own CPU per value", cost.ServerCpuUs, "µs"));
            measurements.Add(BenchMeasurement.Observed($"{c.Name}: values read", cost.PerSecond, "1/s"));
        }

        await using (OpcUaSource node = await OpcUaSource.StartNodeAsync(Nodes, IntervalMs, context))
        {
            ValueCost cost = await MeasureAsync(node, 40, context);
            measurements.Add(BenchMeasurement.Observed($"{node.Name}: CPU per value", cost.CpuUs, "µs"));
            measurements.Add(BenchMeasurement.Observed($"{node.Name}: the server's own CPU per value", cost.ServerCpuUs, "µs"));
        }

        return new BenchResult(measurements, [$"user and system time of the client's process; the least of {Rounds} rounds, after two that compile"]);
    }

    private static async Task<ValueCost> MeasureAsync(OpcUaSource source, int requests, BenchContext context)
    {
        context.Report($"opcua-read: {source.Name}");
        await using OpcUaClient client = await BenchSession.ConnectAsync(source, secure: false, context);
        ReadTarget[] targets = [.. Enumerable.Range(0, Nodes).Select(i => new ReadTarget(source.Variable(i), ReadTarget.ValueAttribute))];
        DataValue[] values = new DataValue[Nodes];
        await ReadAsync(client, targets, values, requests, context);
        await ReadAsync(client, targets, values, requests, context);
        List<ValueCost> rounds = [];
        for (int i = 0; i < Rounds; i++)
        {
            ValueCost.Mark start = ValueCost.Now(source, context.Time, 0);
            await ReadAsync(client, targets, values, requests, context);
            rounds.Add(ValueCost.Since(start, source, context.Time, (long)requests * Nodes));
        }

        // What a value costs is in every round; what else the machine did is not.
        return new ValueCost(
            rounds.Sum(r => r.Values), rounds.Min(r => r.CpuUs), rounds.Min(r => r.ServerCpuUs), rounds.Min(r => r.Bytes), rounds.Max(r => r.PerSecond));
    }

    private static async Task ReadAsync(OpcUaClient client, ReadTarget[] targets, DataValue[] values, int requests, BenchContext context)
    {
        for (int i = 0; i < requests; i++)
        {
            StatusCode status = await client.ReadAsync(targets, values, cancellation: context.Cancellation);
            if (status.IsBad || values[^1].Status.IsBad)
            {
                throw CommandFailure.Failed($"A read ended with {status}, its last value with {values[^1].Status}.");
            }
        }
    }
}
