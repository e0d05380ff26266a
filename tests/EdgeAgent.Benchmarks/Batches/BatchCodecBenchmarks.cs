using BenchmarkDotNet.Attributes;
using EdgeAgent.Commands.Bench.Wire;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Benchmarks.Batches;

/// <summary>Sealing and reading batches of the plant trace, per batch; divide by the readings for the cost of one.</summary>
[MemoryDiagnoser]
public class BatchCodecBenchmarks
{
    private readonly ReadingBatch _source = new();
    private readonly BatchBuilder _builder = new();
    private readonly DecodedBatch _decoded = new();
    private readonly EcdsaBatchSigner _signer = EcdsaBatchSigner.CreateEphemeral();
    private byte[] _signed = [];
    private BatchHeader _header;

    /// <summary>2,500 is what 10,000 tags at 1 s give in a flush interval of 250 ms; 20,000 is a full batch.</summary>
    [Params(2_500, 20_000)]
    public int Readings { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        const long now = 17_700_000_000_000_000;
        new PlantTrace(10_000, 1000, seed: 1).Read(now, 0, Readings / 10 * UnixTicks.PerMillisecond, _source);
        _header = new BatchHeader("site", "agent", Guid.NewGuid(), 1, new byte[32], now, new byte[32]);
        _signed = Seal().Signed.ToArray();
    }

    [GlobalCleanup]
    public void Cleanup() => _signer.Dispose();

    [Benchmark]
    public SealedBatch Seal()
    {
        _builder.Clear();
        foreach (ref readonly Reading reading in _source.Readings)
        {
            _builder.Add(_source, reading);
        }

        return _builder.Seal(_header, _signer);
    }

    [Benchmark]
    public BatchReadStatus Read() => BatchReader.TryRead(_signed, _decoded, BatchLimits.Default);
}
