using System.Text.Json;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus.Server;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Agent;

/// <summary>A whole agent against simulated Modbus devices on this machine. Its publisher finds no broker, so everything stays in the buffer.</summary>
internal sealed class AgentFixture : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly List<ModbusTcpServer> _servers = [];

    public AgentRuntime Agent { get; private set; } = null!;

    public string DataDirectory => _directory.File("agent");

    public int FlushIntervalMs { get; set; } = 50;

    public ModbusTcpServer NewServer(params byte[] units)
    {
        var server = new ModbusTcpServer(new ModbusServerOptions(), TimeProvider.System);
        foreach (byte unit in units)
        {
            server.Units[unit] = new RegisterBank();
        }

        server.Start();
        _servers.Add(server);
        return server;
    }

    public static TagConfig Tag(int address, string scan = "fast", string table = "hr") =>
        new() { Name = $"{table}{address}", Address = $"{table}:{address}", Scan = scan };

    public static DeviceConfig Device(string name, int unit, IReadOnlyList<TagConfig> tags) =>
        new() { Name = name, Asset = "A-" + name, Settings = Json($$"""{"unitId":{{unit}}}"""), Tags = tags };

    public static EndpointConfig Endpoint(string name, int port, params DeviceConfig[] devices) => new()
    {
        Name = name,
        Driver = "modbus-tcp",
        Settings = Json($$"""{"host":"127.0.0.1","port":{{port}},"responseTimeoutMs":500}"""),
        Devices = devices,
    };

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public AppConfig Config(params EndpointConfig[] endpoints) => new()
    {
        Site = "site",
        Agent = new AgentConfig
        {
            Id = "gw",
            DataDirectory = DataDirectory,
            FlushIntervalMs = FlushIntervalMs,
            ScanClasses = new Dictionary<string, ScanClassConfig>
            {
                ["fast"] = new() { IntervalMs = 20 },
                ["slow"] = new() { IntervalMs = 200 },
            },
            Publishers = [new PublisherConfig { Name = "hub", Brokers = ["mqtt://127.0.0.1:1"] }],
            Endpoints = endpoints,
        },
    };

    public async Task StartAsync(AppConfig config)
    {
        Agent = AgentRuntime.Create(config, new AgentServices { Loggers = NullLoggerFactory.Instance, LastTryMost = TimeSpan.Zero });
        await Agent.StartAsync(CancellationToken.None);
    }

    public Task StopAsync() => Agent.StopAsync(CancellationToken.None);

    public DeviceSnapshot Device(string name) => Agent.Snapshot().Devices.Single(device => device.Name == name);

    public Task UntilAsync(Func<AgentSnapshot, bool> condition, string what) => Eventually.TrueAsync(() => condition(Agent.Snapshot()), what);

    /// <summary>Everything in the buffer of a stopped agent, chain and balance checked.</summary>
    public async Task<List<DecodedBatch>> ReadBufferAsync()
    {
        var batches = new List<DecodedBatch>();
        await using BatchBuffer buffer = BatchBuffer.Open(
            new BufferOptions { Directory = Path.Combine(DataDirectory, BatchBuffer.DirectoryName), Cursors = ["hub"] }, TimeProvider.System, NullLogger.Instance);
        var block = new BufferBlock();
        byte[] previous = new byte[32];
        while (true)
        {
            block.Clear();
            Assert.True(buffer.TryRead("hub", batches.Count, 100, int.MaxValue, block));
            if (block.Batches.Count == 0)
            {
                return batches;
            }

            foreach (BufferedBatch held in block.Batches)
            {
                var batch = new DecodedBatch();
                Assert.Equal(BatchReadStatus.Ok, BatchReader.TryRead(block.Signed(held).Span, batch, BatchLimits.Default));
                Assert.Equal(batches.Count + 1, batch.Sequence);
                Assert.Equal(previous, batch.PreviousHash.ToArray());
                previous = batch.Hash.ToArray();
                Assert.All(batch.Accounts, account => Assert.True(account.Balances, account.ToString()));
                Assert.Equal(batch.Readings.Count, batch.Accounts.Sum(account => account.Buffered));
                batches.Add(batch);
            }
        }
    }

    public static ScanAccount Sum(IEnumerable<DecodedBatch> batches) => batches.SelectMany(batch => batch.Accounts)
        .Select(account => account with { DeviceId = 0, Hour = 0, Provenance = 0 })
        .Aggregate(default(ScanAccount), (sum, account) => sum.Plus(account));

    public async ValueTask DisposeAsync()
    {
        if (Agent is not null)
        {
            await Agent.DisposeAsync();
        }

        foreach (ModbusTcpServer server in _servers)
        {
            await server.DisposeAsync();
        }

        _directory.Dispose();
    }
}
