using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Commands.Bench.Evidence;

/// <summary>A month of signed batches of a plant, in a temporary file: what a store would give an export.</summary>
/// <remarks>One agent, one batch a minute with a scan of every device; values wander, a deadband holds half of them back.</remarks>
internal sealed class PackPlant : IDisposable
{
    public const int Days = 30;
    public const int Devices = 100;
    public const int TagsPerDevice = 10;
    private const int BatchesPerHour = 60;

    private readonly string _path = Path.GetTempFileName();
    private readonly FileStream _file;
    private readonly List<(long Offset, int Length)> _batches = [];
    private readonly Random _random = new(20_261_122);

    public PackPlant(int fromHour, EcdsaBatchSigner signer)
    {
        _file = new FileStream(_path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20, FileOptions.DeleteOnClose);
        Definition = DefinitionCodec.Create(
            [.. Enumerable.Range(0, Devices).Select(i => new DeviceDefinition($"machine-{i:000}", "modbus-tcp", $"modbus-tcp://10.0.{i / 250}.{i % 250}:502/1", $"A-{i:000}"))],
            [.. Enumerable.Range(0, Devices * TagsPerDevice).Select(i => new TagDefinition(i / TagsPerDevice, $"tag-{i % TagsPerDevice}", ValueKind.Float64, "", 60_000))]);
        Write(fromHour, signer);
    }

    public static AgentKey Agent { get; } = new("bench", "gw-01");

    public static Guid Incarnation { get; } = new("00000000-0000-0000-0000-000000000001");

    public PlantDefinition Definition { get; }

    public long Batches => _batches.Count;

    public long Bytes => _file.Length;

    public byte[]? Read(long sequence)
    {
        if (sequence < 1 || sequence > _batches.Count)
        {
            return null;
        }

        (long offset, int length) = _batches[(int)sequence - 1];
        byte[] batch = new byte[length];
        return RandomAccess.Read(_file.SafeFileHandle, batch, offset) == length ? batch : null;
    }

    public void Dispose() => _file.Dispose();

    private void Write(int fromHour, EcdsaBatchSigner signer)
    {
        BatchBuilder builder = new();
        ReadingBatch readings = new();
        byte[] previous = new byte[BatchFormat.HashBytes];
        for (int minute = 0; minute < Days * 24 * BatchesPerHour; minute++)
        {
            builder.Clear();
            readings.Clear();
            int hour = fromHour + (minute / BatchesPerHour);
            long ticks = (fromHour * UnixTicks.PerHour) + (minute * 60L * UnixTicks.PerSecond);
            for (int device = 0; device < Devices; device++)
            {
                Scan(builder, readings, device, hour, ticks + (device * UnixTicks.PerMillisecond));
            }

            if (minute == 0)
            {
                builder.SetDefinition(Definition);
            }

            SealedBatch batch = builder.Seal(
                new BatchHeader(Agent.Site, Agent.Agent, Incarnation, minute + 1, previous, ticks + UnixTicks.PerSecond, Definition.ConfigHash), signer);
            _batches.Add((_file.Position, batch.Signed.Length));
            _file.Write(batch.Signed.Span);
            batch.Hash.Span.CopyTo(previous);
        }

        _file.Flush();
    }

    private void Scan(BatchBuilder builder, ReadingBatch readings, int device, int hour, long ticks)
    {
        int sent = 0;
        for (int tag = 0; tag < TagsPerDevice; tag++)
        {
            if (_random.Next(2) == 0)
            {
                Reading reading = Reading.Float64((device * TagsPerDevice) + tag, Quality.Good, ticks, Math.Round(20 + (_random.NextDouble() * 10), 1));
                readings.Add(reading);
                builder.Add(readings, reading);
                sent++;
            }
        }

        builder.AddAccount(new ScanAccount(device, hour, Provenance.Live, TagsPerDevice, TagsPerDevice, 0, 0, 0, TagsPerDevice - sent, 0, sent, sent));
    }
}
