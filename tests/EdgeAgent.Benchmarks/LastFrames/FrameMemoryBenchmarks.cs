using BenchmarkDotNet.Attributes;
using EdgeAgent.Collector.LastFrames;

namespace EdgeAgent.Benchmarks.LastFrames;

/// <summary>What it costs the path of a frame that it is remembered.</summary>
[MemoryDiagnoser]
public class FrameMemoryBenchmarks
{
    private readonly FrameMemory _memory = new(1, TimeProvider.System);
    private readonly byte[] _request = new byte[12];
    private readonly byte[] _answer = new byte[259];
    private readonly byte[] _document = new byte[20_000];

    /// <summary>A request of Modbus TCP with its answer of 125 registers.</summary>
    [Benchmark]
    public void RequestAndAnswer()
    {
        _memory.Sent(0, _request);
        _memory.Received(0, _answer);
    }

    /// <summary>A message under a topic that came before.</summary>
    [Benchmark]
    public void Message() => _memory.Received(0, _document, "plant/line-1/sensor-17/state"u8);
}
