using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;
using EdgeAgent.Protocols.OpcUa.Services.Views;

namespace EdgeAgent.Commands.Bench.OpcUa;

/// <summary>How long it takes to walk through a large address space.</summary>
internal sealed class OpcUaBrowseScenario : IBenchScenario
{
    private const int Nodes = 10_000;
    private const int Rounds = 3;
    private const int IntervalMs = 1_000;

    public string Name => "opcua-browse";

    public string Description => $"Time to browse {Nodes:N0} nodes from the folder Objects down, every one asked for what is below it.";

    public async Task<BenchResult> RunAsync(BenchContext context)
    {
        List<BenchMeasurement> measurements = [];
        await using (OpcUaSource c = await OpcUaSource.StartCAsync(Nodes, IntervalMs, context))
        {
            await MeasureAsync(c, 2, measurements, context);
        }

        await using (OpcUaSource simulator = await OpcUaSource.StartSimulatorAsync(Nodes, IntervalMs, context))
        {
            await MeasureAsync(simulator, null, measurements, context);
        }

        await using (OpcUaSource node = await OpcUaSource.StartNodeAsync(Nodes, IntervalMs, context))
        {
            await MeasureAsync(node, null, measurements, context);
        }

        return new BenchResult(measurements, [$"hierarchical references, continuation points followed, each node asked once; again: the least of {Rounds} walks"]);
    }

    private static async Task MeasureAsync(OpcUaSource source, double? targetSeconds, List<BenchMeasurement> measurements, BenchContext context)
    {
        context.Report($"opcua-browse: {source.Name}");
        await using OpcUaClient client = await BenchSession.ConnectAsync(source, secure: false, context);
        List<(double Seconds, double Cpu)> walks = [];
        int count = 0;
        for (int i = 0; i < Rounds; i++)
        {
            TimeSpan cpu = CpuTime.OfThisProcess();
            long start = context.Time.GetTimestamp();
            count = await WalkAsync(client, context.Cancellation);
            walks.Add((context.Time.GetElapsedTime(start).TotalSeconds, (CpuTime.OfThisProcess() - cpu).TotalSeconds));
        }

        measurements.Add(new BenchMeasurement($"{source.Name}: time for {count:N0} nodes, the first time", walks[0].Seconds, "s", targetSeconds));
        measurements.Add(BenchMeasurement.Observed($"{source.Name}: time, again", walks.Min(walk => walk.Seconds), "s"));
        measurements.Add(BenchMeasurement.Observed($"{source.Name}: of it CPU of the client", walks.Min(walk => walk.Cpu), "s"));
    }

    private static async Task<int> WalkAsync(OpcUaClient client, CancellationToken cancellation)
    {
        NodeId objects = new(85);
        NodeId hierarchical = new(33);
        HashSet<NodeId> seen = [objects];
        List<NodeId> level = [objects];
        while (level.Count > 0)
        {
            BrowseTarget[] targets = [.. level.Select(id => new BrowseTarget(id, BrowseDirection.Forward, hierarchical, IncludesSubtypes: true, NodeClasses: 0))];
            level = [];
            foreach (BrowseResult result in await client.BrowseAsync(targets, cancellation))
            {
                if (result.Status.IsBad)
                {
                    throw CommandFailure.Failed($"Browsing a node ended with {result.Status}.");
                }

                level.AddRange((result.References ?? []).Select(reference => reference.NodeId.NodeId).Where(seen.Add));
            }
        }

        return seen.Count - 1;
    }
}
