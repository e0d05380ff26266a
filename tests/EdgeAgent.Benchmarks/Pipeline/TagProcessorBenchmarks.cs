using BenchmarkDotNet.Attributes;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Benchmarks.Pipeline;

/// <summary>Scale, limits and deadband of one reading.</summary>
[MemoryDiagnoser]
public class TagProcessorBenchmarks
{
    private const int Tags = 1000;

    private readonly TagRule _scaled = new(true, 0.1, -50, -20, 80, TagFilterKind.None, 0, 0);
    private readonly TagRule _deadband = new(true, 0.1, -50, -20, 80, TagFilterKind.Absolute, 0.5, 0);
    private readonly TagState[] _states = new TagState[Tags];
    private long _round;

    [Benchmark(OperationsPerInvoke = Tags)]
    public int Scaled() => Process(_scaled);

    [Benchmark(OperationsPerInvoke = Tags)]
    public int ScaledWithDeadband() => Process(_deadband);

    private int Process(in TagRule rule)
    {
        _round++;
        int passed = 0;
        for (int tag = 0; tag < Tags; tag++)
        {
            // A slow ramp: some readings leave the deadband in each round, most do not.
            Reading reading = Reading.Int64(tag, Quality.Good, _round * UnixTicks.PerSecond, 500 + ((_round + tag) % 100));
            if (TagProcessor.Process(rule, ref _states[tag], ref reading, default).Passes)
            {
                passed++;
            }
        }

        return passed;
    }
}
