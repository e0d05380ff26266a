using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Publishing;

/// <summary>A buffer with real signed batches of two devices, for publishers that read them.</summary>
internal class PlantBuffer : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly BatchBuilder _builder = new();
    private readonly EcdsaBatchSigner _signer = EcdsaBatchSigner.CreateEphemeral();
    private bool _definitionIsDue = true;

    public PlantBuffer(IReadOnlyList<string> cursors, BufferOptions? buffer = null)
    {
        Buffer = BatchBuffer.Open(
            (buffer ?? new BufferOptions { Directory = "", AcknowledgeDelayMs = 5 }) with { Directory = Path.Combine(_directory.Path, "buffer"), Cursors = cursors },
            TimeProvider.System, NullLogger.Instance);
        Definition = Define("℃");
    }

    public BatchBuffer Buffer { get; }

    public PlantDefinition Definition { get; private set; }

    public PublisherIdentity Identity => new("plant", "gw-01", "1.0", _signer.PublicKey) { StateDirectory = Path.Combine(_directory.Path, "publishers") };

    public PublishedPlant Plant => new(Definition.ConfigHash, []) { Definition = Definition };

    public static long Now => UnixTicks.Now(TimeProvider.System);

    public static PlantDefinition Define(string unit, params TagDefinition[] more) => DefinitionCodec.Create(
        [
            new DeviceDefinition("press-01", "modbus-tcp", "modbus-tcp://127.0.0.1:502/1", "A-001"),
            new DeviceDefinition("press-02", "modbus-tcp", "modbus-tcp://127.0.0.1:502/2", "A-002"),
        ],
        [
            new TagDefinition(0, "pressure", ValueKind.Float32, unit, 1000),
            new TagDefinition(0, "count", ValueKind.Int64, "", 1000),
            new TagDefinition(0, "running", ValueKind.Boolean, "", 1000),
            new TagDefinition(0, "name", ValueKind.Text, "", 1000),
            new TagDefinition(0, "blob", ValueKind.Bytes, "", 1000),
            new TagDefinition(1, "speed", ValueKind.Float64, "rpm", 1000),
            .. more,
        ]);

    public void Redefine(PlantDefinition definition)
    {
        Definition = definition;
        _definitionIsDue = true;
    }

    /// <summary>Appends one batch with these readings.</summary>
    public void Append(Action<ReadingBatch> fill)
    {
        var readings = new ReadingBatch();
        fill(readings);
        long now = Now;
        _builder.Clear();
        foreach (ref readonly Reading reading in readings.Readings)
        {
            _builder.Add(readings, reading);
        }

        var header = new BatchHeader("plant", "gw-01", Buffer.Incarnation, Buffer.NextSequence, Buffer.LastHash, now, Definition.ConfigHash);
        if (_definitionIsDue)
        {
            _builder.SetDefinition(Definition);
        }

        SealedBatch batch = _builder.Seal(header, _signer);
        Assert.Equal(AppendStatus.Appended, Buffer.Append(batch.Signed, new BatchRecord(
            header.Incarnation, header.Sequence, batch.Hash.ToArray(), now, now, now, readings.Count, _definitionIsDue,
            new DiscardedAccount[] { new("press-01", UnixTicks.HourOf(now), Provenance.Live, readings.Count, readings.Count) })));
        _definitionIsDue = false;
    }

    /// <summary>One batch in which each metric of both devices has a good value.</summary>
    public void AppendAll(long count = 1) => Append(batch =>
    {
        batch.Add(Reading.Float32(0, Quality.Good, Now, 6.5f));
        batch.Add(Reading.Int64(1, Quality.Good, Now, count));
        batch.Add(Reading.Boolean(2, Quality.Good, Now, true));
        batch.AddText(3, Quality.Good, Now, "冲床1号");
        batch.AddBytes(4, Quality.Good, Now, ValueKind.Bytes, [1, 2, 255]);
        batch.Add(Reading.Float64(5, Quality.Good, Now, 1450.25));
    });

    public void AppendCount(long count) => Append(batch => batch.Add(Reading.Int64(1, Quality.Good, Now, count)));

    /// <summary>The device with the speed does not answer any more.</summary>
    public void AppendSilence() => Append(batch => batch.Add(Reading.Failed(5, Quality.BadTimeout, Now)));

    public virtual async ValueTask DisposeAsync()
    {
        await Buffer.DisposeAsync();
        _signer.Dispose();
        _directory.Dispose();
    }
}
