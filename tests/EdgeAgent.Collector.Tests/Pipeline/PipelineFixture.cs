using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Pipeline;

/// <summary>A pipeline over a log in memory, with a plant of some devices of some tags each, all behind one endpoint.</summary>
internal sealed class PipelineFixture : IDisposable
{
    private readonly EcdsaBatchSigner _signer = EcdsaBatchSigner.CreateEphemeral();
    private readonly CancellationTokenSource _stop = new();
    private Task? _running;

    public PipelineFixture(int devices, int tagsEach, TagRule rule, int readingsPerBatchMax = 20_000)
    {
        Devices = devices;
        TagsEach = tagsEach;
        var frontier = new DueFrontier(Time);
        var writer = new BatchWriter(
            Log, new BatchIdentity("site", "gw", _signer), new BatchSizes(readingsPerBatchMax), frontier, Time, NullLogger.Instance);
        Loop = new PipelineLoop(writer, frontier, Pool, 250, Time);
        Tables = TablesOf([.. Enumerable.Range(0, devices).Select(device => $"d{device}")], tagsEach, rule, Slot);
    }

    public int Devices { get; }

    public int TagsEach { get; }

    public FakeTimeProvider Time { get; } = new();

    public MemoryBatchLog Log { get; } = new();

    public ReadingBatchPool Pool { get; } = new();

    public EndpointSlot Slot { get; } = new("endpoint");

    public PipelineLoop Loop { get; }

    public PlantTables Tables { get; }

    public static PlantTables TablesOf(string[] devices, int tagsEach, TagRule rule, EndpointSlot slot)
    {
        DeviceDefinition[] definitions = [.. devices.Select(name => new DeviceDefinition(name, "modbus-tcp", "address/" + name, ""))];
        TagDefinition[] tags =
        [
            .. devices.SelectMany((_, device) => Enumerable.Range(0, tagsEach).Select(tag => new TagDefinition(device, $"t{tag}", ValueKind.Int64, "", 1000))),
        ];
        return new PlantTables(
            DefinitionCodec.Create(definitions, tags), [.. tags.Select(_ => rule)],
            [new EndpointPlacement(slot, 0, 0, 0, tags.Length, devices.Length)], devices.Length);
    }

    public async Task StartAsync(PlantTables? tables = null)
    {
        Task used = Loop.UseAsync(tables ?? Tables);
        _running = Task.Run(() => Loop.RunAsync(_stop.Token));
        await used.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>One scan of all tags of a device.</summary>
    public bool Post(int device, Func<int, Reading> reading)
    {
        ReadingBatch batch = Pool.Take();
        for (int tag = 0; tag < TagsEach; tag++)
        {
            batch.Add(reading(tag) with { TagId = (device * TagsEach) + tag });
        }

        return Loop.Queue.TryPost(new ScanResult(Slot, device, Account(device), Time.GetTimestamp(), batch));
    }

    public ScanAccount Account(int device, int hour = 100) => new(device, hour, Provenance.Live, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running!.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public ScanAccount Total() => Log.Batches.SelectMany(batch => batch.Accounts)
        .Select(account => account with { DeviceId = 0, Hour = 0 })
        .Aggregate(default(ScanAccount), (sum, account) => sum.Plus(account));

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        Loop.Dispose();
        _signer.Dispose();
    }
}
