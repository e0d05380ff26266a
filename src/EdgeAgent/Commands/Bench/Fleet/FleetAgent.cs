using EdgeAgent.Commands.Bench.Wire;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Commands.Bench.Fleet;

/// <summary>One enterprise's gateway: its key, its devices and the chain of its batches, sealed as an agent seals them.</summary>
internal sealed class FleetAgent : IDisposable
{
    public const int Devices = 4;
    public const int PeriodMs = 1000;
    private const string AgentName = "gw-01";

    private readonly PlantTrace _trace;
    private readonly long _startTicks;
    private readonly Guid _incarnation = Guid.NewGuid();
    private readonly EcdsaBatchSigner _signer = EcdsaBatchSigner.CreateEphemeral();
    private readonly PlantDefinition _definition;
    private byte[] _lastHash = new byte[32];
    private long _sequence;

    public FleetAgent(int number, long startTicks)
    {
        Site = $"enterprise-{number:0000}";
        _startTicks = startTicks;
        _trace = new PlantTrace(Devices * PlantTrace.TagsPerDevice, PeriodMs, seed: number + 1);
        _definition = Define(startTicks, number);
    }

    public string Site { get; }

    public string BatchTopic => Topics.Batch(Site, AgentName);

    public AgentKey Key => new(Site, AgentName);

    public ReadOnlySpan<byte> PublicKey => _signer.PublicKey.Span;

    /// <summary>The batch of the next second: every tag read once.</summary>
    /// <param name="builder">A builder to work with; several agents may take turns with one.</param>
    /// <param name="readings">How many readings are in it.</param>
    public byte[] Seal(BatchBuilder builder, ReadingBatch scratch, out int readings)
    {
        builder.Clear();
        scratch.Clear();
        long second = UnixTicks.PerSecond;
        _trace.Read(_startTicks, _sequence * second, (_sequence + 1) * second, scratch);
        foreach (ref readonly Reading reading in scratch.Readings)
        {
            builder.Add(scratch, reading);
        }

        long now = _startTicks + ((_sequence + 1) * second);
        for (int device = 0; device < Devices; device++)
        {
            const int N = PlantTrace.TagsPerDevice;
            builder.AddAccount(new ScanAccount(device, UnixTicks.HourOf(now), Provenance.Live, N, N, 0, 0, 0, 0, 0, N, N));
        }

        if (_sequence == 0)
        {
            builder.SetDefinition(_definition);
        }

        SealedBatch batch = builder.Seal(new BatchHeader(Site, AgentName, _incarnation, ++_sequence, _lastHash, now, _definition.ConfigHash), _signer);
        _lastHash = batch.Hash.ToArray();
        readings = builder.ReadingCount;
        return batch.Signed.ToArray();
    }

    public void Dispose() => _signer.Dispose();

    private PlantDefinition Define(long startTicks, int number)
    {
        ReadingBatch sample = new();
        new PlantTrace(_trace.Tags, PeriodMs, seed: number + 1).Read(startTicks, 0, PeriodMs * UnixTicks.PerMillisecond, sample);
        ValueKind[] kinds = new ValueKind[_trace.Tags];
        foreach (ref readonly Reading reading in sample.Readings)
        {
            kinds[reading.TagId] = reading.Kind;
        }

        return DefinitionCodec.Create(
            [.. Enumerable.Range(0, Devices).Select(d => new DeviceDefinition($"machine-{d + 1}", "modbus-tcp", $"modbus-tcp://10.0.0.{d + 1}:502/1", $"{number:0000}-{d:0000}"))],
            [.. kinds.Select((kind, tag) => new TagDefinition(tag / PlantTrace.TagsPerDevice, $"tag-{(tag % PlantTrace.TagsPerDevice) + 1:D2}", kind, "", PeriodMs))]);
    }
}
