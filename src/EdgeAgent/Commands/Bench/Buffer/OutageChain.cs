using EdgeAgent.Collector.Buffer;
using EdgeAgent.Commands.Bench.Wire;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Commands.Bench.Buffer;

/// <summary>Fills a buffer as an agent does during an outage: sealed, signed, chained batches of a plant's readings.</summary>
internal sealed class OutageChain : IDisposable
{
    public const string Site = "bench";
    public const string Agent = "gw-01";

    private readonly BatchBuilder _builder = new();
    private readonly ReadingBatch _readings = new(1024);
    private readonly PlantTrace _trace;
    private readonly long _startTicks;
    private readonly long _batchTicks;
    private readonly DiscardedAccount[] _devices;
    private long _atTicks;

    /// <param name="tags">Tags of the plant.</param>
    /// <param name="periodMs">How often each is read.</param>
    /// <param name="batchMs">The time that one batch covers.</param>
    public OutageChain(int tags, int periodMs, int batchMs, TimeProvider time)
    {
        _trace = new PlantTrace(tags, periodMs, seed: 1);
        _startTicks = UnixTicks.Now(time) - UnixTicks.PerHour;
        _batchTicks = batchMs * UnixTicks.PerMillisecond;
        _devices = new DiscardedAccount[_trace.Devices];
        Definition = Define(periodMs);
    }

    public EcdsaBatchSigner Signer { get; } = EcdsaBatchSigner.CreateEphemeral();

    public PlantDefinition Definition { get; }

    /// <summary>Seals the next batch for the buffer's chain.</summary>
    public SealedBatch Seal(BatchBuffer buffer, out BatchRecord record)
    {
        _builder.Clear();
        _readings.Clear();
        _trace.Read(_startTicks, _atTicks, _atTicks + _batchTicks, _readings);
        _atTicks += _batchTicks;
        int[] counts = new int[_trace.Devices];
        foreach (ref readonly Reading reading in _readings.Readings)
        {
            _builder.Add(_readings, reading);
            counts[reading.TagId / PlantTrace.TagsPerDevice]++;
        }

        int hour = UnixTicks.HourOf(_startTicks + _atTicks);
        int devices = 0;
        for (int device = 0; device < counts.Length; device++)
        {
            if (counts[device] > 0)
            {
                int n = counts[device];
                _builder.AddAccount(new ScanAccount(device, hour, Provenance.Simulated, n, n, 0, 0, 0, 0, 0, n, n));
                _devices[devices++] = new DiscardedAccount(Definition.Devices[device].Name, hour, Provenance.Simulated, n, n);
            }
        }

        bool first = buffer.NextSequence == 1;
        if (first)
        {
            _builder.SetDefinition(Definition);
        }

        var header = new BatchHeader(
            Site, Agent, buffer.Incarnation, buffer.NextSequence, buffer.LastHash, _startTicks + _atTicks, Definition.ConfigHash);
        SealedBatch batch = _builder.Seal(header, Signer);
        record = new BatchRecord(
            header.Incarnation, header.Sequence, batch.Hash, header.CreatedTicks, _builder.FirstTicks, _builder.LastTicks,
            _builder.ReadingCount, first, _devices.AsMemory(0, devices));
        return batch;
    }

    /// <returns>The readings appended.</returns>
    public long Append(BatchBuffer buffer, int batches, CancellationToken cancellation)
    {
        long readings = 0;
        for (int i = 0; i < batches; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            SealedBatch batch = Seal(buffer, out BatchRecord record);
            if (buffer.Append(batch.Signed, record) != AppendStatus.Appended)
            {
                throw CommandFailure.Failed("The buffer did not take a batch; is the disk full?");
            }

            readings += record.Readings;
        }

        return readings;
    }

    public void Dispose() => Signer.Dispose();

    private PlantDefinition Define(int periodMs)
    {
        var sample = new ReadingBatch();
        new PlantTrace(_trace.Tags, periodMs, seed: 1).Read(_startTicks, 0, periodMs * UnixTicks.PerMillisecond, sample);
        var kinds = new ValueKind[_trace.Tags];
        foreach (ref readonly Reading reading in sample.Readings)
        {
            kinds[reading.TagId] = reading.Kind;
        }

        return DefinitionCodec.Create(
            [.. Enumerable.Range(0, _trace.Devices).Select(d => new DeviceDefinition($"machine-{d + 1:D4}", "modbus-tcp", $"modbus-tcp://10.0.{d / 250}.{d % 250 + 1}:502/1", ""))],
            [.. kinds.Select((kind, tag) => new TagDefinition(tag / PlantTrace.TagsPerDevice, $"tag-{(tag % PlantTrace.TagsPerDevice) + 1:D2}", kind, "", periodMs))]);
    }
}
