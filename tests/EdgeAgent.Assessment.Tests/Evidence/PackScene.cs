using System.Text;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.TestKit;

namespace EdgeAgent.Assessment.Tests.Evidence;

/// <summary>A small plant of two agents with a week of signed batches, and a pack made of it.</summary>
internal sealed class PackScene : IDisposable
{
    public static readonly DateTimeOffset AsOf = Scene.AsOf;

    private const int DevicesPerAgent = 3;
    private const int ReadingsPerHour = 12;

    private readonly Dictionary<string, EcdsaBatchSigner> _agents = [];
    private readonly TempDirectory _directory = new();
    private readonly byte[] _challenges;
    private readonly long _lost;

    /// <param name="lostSequence">A batch of gw-01 that its buffer gave up, declared in the next one; 0 for none.</param>
    public PackScene(long lostSequence = 0)
    {
        _lost = lostSequence;
        Store = new BatchStore();
        AuditLog log = new(PathOf("challenges.jsonl"), Time);
        log.Append("评审员", "challenge requested", ("device", "press-0"), ("action", "stop")); // as it was written before roles were
        log.Append("评审员", "challenge observed", ("challenge", "1"), ("latencyMs", "1200"), ("provenance", "live"));
        log.Append("评审员", "challenge requested", ("role", "assessor"), ("via", "login"), ("device", "press-1"), ("action", "stop"));
        log.Append("评审员", "challenge observed", ("role", "assessor"), ("via", "login"), ("challenge", "3"), ("latencyMs", "900"), ("provenance", "live"));
        log.Append("老板", "self-test requested", ("role", "admin"), ("via", "login"), ("device", "press-2"), ("action", "stop"));
        log.Append("老板", "self-test observed", ("role", "admin"), ("via", "login"), ("challenge", "5"), ("latencyMs", "800"), ("provenance", "live"));
        _challenges = log.ReadAll();
        Seed("gw-01", new Guid("11111111-1111-1111-1111-111111111111"), first: 0);
        Seed("gw-02", new Guid("22222222-2222-2222-2222-222222222222"), first: DevicesPerAgent);
    }

    public BatchStore Store { get; }

    public EcdsaBatchSigner Hub { get; } = EcdsaBatchSigner.CreateEphemeral();

    public TimeProvider Time { get; } = new FixedTime(AsOf.AddDays(2));

    public VerificationKeys Keys
    {
        get
        {
            VerificationKeys keys = new();
            keys.Add(Hub.PublicKey.ToArray());
            foreach (EcdsaBatchSigner agent in _agents.Values)
            {
                keys.Add(agent.PublicKey.ToArray());
            }

            return keys;
        }
    }

    public string PathOf(string name) => Path.Combine(_directory.Path, name);

    public PackSources Sources(string? previous = null) => new(
        "plant",
        AsOf,
        null,
        Ledger(),
        false,
        RulePack(),
        [.. _agents.Select(a => new PackAgent("plant", a.Key, Convert.ToBase64String(a.Value.PublicKey.Span), "2025-11-01T00:00:00Z", "approved by hand"))],
        previous,
        "test",
        [new("challenges.jsonl", _challenges), new("screenshots/车间看板.png", [1, 2, 3, 4])]);

    public async Task<PackSummary> ExportAsync(string name = "pack.zip", string? previous = null) =>
        await new PackExport(Store, Hub, Time).WriteAsync(Sources(previous), PathOf(name), CancellationToken.None);

    public static byte[] RulePack() => File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "src/EdgeAgent.Assessment/RulePacks/Packs/miit-2024.json"));

    public static byte[] Ledger()
    {
        StringBuilder csv = new("资产编号,设备名称,设备类别,状态,投用日期,数字化依据,佐证材料\r\n");
        for (int i = 0; i < 8; i++)
        {
            csv.Append($"A-{i},设备{i},生产设备,在用,2020-01-01,PLC,铭牌照片.jpg\r\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    public void Dispose()
    {
        Hub.Dispose();
        foreach (EcdsaBatchSigner agent in _agents.Values)
        {
            agent.Dispose();
        }

        _directory.Dispose();
    }

    private void Seed(string agent, Guid incarnation, int first)
    {
        EcdsaBatchSigner signer = EcdsaBatchSigner.CreateEphemeral();
        _agents.Add(agent, signer);
        DeviceDefinition[] devices = [.. Enumerable.Range(first, DevicesPerAgent).Select(i =>
            new DeviceDefinition($"press-{i}", "modbus-tcp", $"modbus-tcp://10.0.0.{i}:502/1", $"A-{i}"))];
        PlantDefinition definition = DefinitionCodec.Create(devices, [.. devices.Select((_, i) => new TagDefinition(i, "temperature", ValueKind.Float64, "℃", 300_000))]);
        byte[] previous = new byte[32];
        BatchBuilder builder = new();
        ReadingBatch readings = new();
        long sequence = 0;
        for (int hour = Scene.WindowFrom - 24; hour <= Scene.WindowTo; hour += 2)
        {
            readings.Clear();
            builder.Clear();
            for (int device = 0; device < DevicesPerAgent; device++)
            {
                Fill(builder, readings, device, hour);
                Fill(builder, readings, device, hour + 1);
            }

            if (sequence == 0)
            {
                builder.SetDefinition(definition);
            }

            bool isLost = agent == "gw-01" && sequence + 1 == _lost;
            if (agent == "gw-01" && sequence == _lost && _lost > 0)
            {
                builder.AddDiscarded(Lost(incarnation, definition, hour - 2));
            }

            SealedBatch batch = builder.Seal(
                new BatchHeader("plant", agent, incarnation, ++sequence, previous, (hour + 2) * UnixTicks.PerHour, definition.ConfigHash), signer);
            if (!isLost)
            {
                Store.Put(agent, incarnation, batch, definition, builder.Accounts.ToArray());
            }

            previous = batch.Hash.ToArray();
        }
    }

    /// <summary>What the buffer says it gave up, booked at the hub as due and missed.</summary>
    private DiscardedRange Lost(Guid incarnation, PlantDefinition definition, int hour)
    {
        Store.Discarded.Add((incarnation, new SequenceRange(_lost, _lost)));
        DiscardedAccount[] rows = [.. Enumerable.Range(0, DevicesPerAgent).SelectMany(d => new[] { hour, hour + 1 }.Select(h =>
            new DiscardedAccount(definition.Devices[d].Name, h, Provenance.Live, ReadingsPerHour, ReadingsPerHour)))];
        Store.Rows.AddRange(rows.Select(row =>
        {
            DeviceDefinition device = definition.Devices.Single(d => d.Name == row.Device);
            return new DeviceHour(
                new AgentKey("plant", "gw-01"), device.Name, device.Asset, device.Driver, device.Address,
                new ScanAccount(0, row.Hour, row.Provenance, row.Due, 0, 0, row.Due, 0, 0, 0, 0, 0));
        }));
        return new DiscardedRange(
            _lost, _lost, "size-cap", rows.Sum(r => r.Readings), hour * UnixTicks.PerHour, (hour + 2) * UnixTicks.PerHour, rows);
    }

    private static void Fill(BatchBuilder builder, ReadingBatch readings, int device, int hour)
    {
        for (int i = 0; i < ReadingsPerHour; i++)
        {
            Reading reading = Reading.Float64(device, Quality.Good, (hour * UnixTicks.PerHour) + (i * 5 * 60 * UnixTicks.PerSecond), 20 + (i * 0.1) + device);
            readings.Add(reading);
            builder.Add(readings, reading);
        }

        builder.AddAccount(new ScanAccount(device, hour, Provenance.Live, ReadingsPerHour, ReadingsPerHour, 0, 0, 0, 0, 0, ReadingsPerHour, ReadingsPerHour));
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
