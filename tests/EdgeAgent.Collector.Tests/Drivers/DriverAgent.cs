using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeAgent.Collector.Agent;
using EdgeAgent.Collector.Buffer;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Drivers;

/// <summary>A whole agent around one endpoint of a driver: from the peer to what lies in the buffer, with the law checked at the end.</summary>
internal sealed class DriverAgent : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly EndpointConfig _endpoint;

    /// <param name="settings">Of the endpoint, as JSON.</param>
    public DriverAgent(string driver, string settings, params DeviceConfig[] devices) =>
        _endpoint = new EndpointConfig { Name = "endpoint", Driver = driver, Settings = Json(settings), Devices = devices };

    public AgentRuntime Agent { get; private set; } = null!;

    /// <summary>The period of every tag.</summary>
    public int IntervalMs { get; init; } = 100;

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public static DeviceConfig Device(string name, string settings, params TagConfig[] tags) => new() { Name = name, Settings = Json(settings), Tags = tags };

    public static TagConfig Tag(string name, string address, TagType? type = null) => new() { Name = name, Address = address, Type = type };

    public async Task<DriverAgent> StartAsync()
    {
        var config = new AppConfig
        {
            Site = "site",
            Agent = new AgentConfig
            {
                Id = "gw",
                DataDirectory = _directory.File("agent"),
                FlushIntervalMs = 50,
                ScanClasses = new Dictionary<string, ScanClassConfig> { [ScanClassConfig.DefaultName] = new() { IntervalMs = IntervalMs } },
                Publishers = [new PublisherConfig { Name = "hub", Brokers = ["mqtt://127.0.0.1:1"] }],
                Endpoints = [_endpoint],
            },
        };
        Agent = AgentRuntime.Create(config, new AgentServices { Loggers = NullLoggerFactory.Instance, LastTryMost = TimeSpan.Zero });
        await Agent.StartAsync(CancellationToken.None);
        return this;
    }

    public DeviceSnapshot Device(string name) => Agent.Snapshot().Devices.Single(device => device.Name == name);

    public Task UntilAsync(Func<AgentSnapshot, bool> condition, string what) => Eventually.TrueAsync(
        () => condition(Agent.Snapshot()), what + "; now: " + string.Join("; ", Agent.Snapshot().Devices));

    /// <summary>Waits until a number of good readings more than now have been buffered.</summary>
    public Task UntilMoreGoodAsync(string device, long more = 1)
    {
        long before = Device(device).Counts.Good;
        return UntilAsync(_ => Device(device).Counts.Good >= before + more, $"{more} more good readings of {device}");
    }

    /// <summary>Stops the agent and reads what it buffered, in order: tag, and value or quality. What it said of a tag before it first
    /// heard of it is left out: whether a scan comes before the first connection is the machine's affair.</summary>
    public async Task<List<(string Tag, string Value, long Ticks)>> StopAsync()
    {
        await Agent.StopAsync(CancellationToken.None);
        var read = new List<(string, string, long)>();
        await using BatchBuffer buffer = BatchBuffer.Open(
            new BufferOptions { Directory = Path.Combine(_directory.File("agent"), BatchBuffer.DirectoryName), Cursors = ["hub"] },
            TimeProvider.System, NullLogger.Instance);
        var block = new BufferBlock();
        PlantDefinition? definition = null;
        ScanAccount total = default;
        var heard = new HashSet<string>();
        for (long sequence = 0; ;)
        {
            block.Clear();
            Assert.True(buffer.TryRead("hub", sequence, 100, int.MaxValue, block));
            if (block.Batches.Count == 0)
            {
                break;
            }

            foreach (BufferedBatch held in block.Batches)
            {
                var batch = new DecodedBatch();
                Assert.Equal(BatchReadStatus.Ok, BatchReader.TryRead(block.Signed(held).Span, batch, BatchLimits.Default));
                sequence = batch.Sequence;
                definition = batch.Definition ?? definition;
                Assert.All(batch.Accounts, account => Assert.True(account.Balances, account.ToString()));
                Assert.Equal(batch.Readings.Count, batch.Accounts.Sum(account => account.Buffered));
                total = batch.Accounts.Aggregate(total, (sum, account) => sum.Plus(account with { DeviceId = 0, Hour = 0, Provenance = 0 }));
                foreach (Reading reading in batch.Readings.Readings)
                {
                    string tag = definition!.Tags[reading.TagId].Name;
                    if (heard.Contains(tag) || (reading.Quality != Quality.BadNotConnected && reading.Quality != Quality.BadWaitingForInitialData))
                    {
                        heard.Add(tag);
                        read.Add((tag, Print(batch.Readings, reading), reading.SourceTicks));
                    }
                }
            }
        }

        Total = total;
        return read;
    }

    /// <summary>The sum of all accounts, after the stop.</summary>
    public ScanAccount Total { get; private set; }

    public async ValueTask DisposeAsync()
    {
        if (Agent is not null)
        {
            await Agent.DisposeAsync();
        }

        _directory.Dispose();
    }

    private static string Print(ReadingBatch batch, in Reading reading) => !reading.Quality.IsGood
        ? reading.Quality.ToString()
        : reading.Kind switch
        {
            ValueKind.Boolean => reading.AsBoolean ? "true" : "false",
            ValueKind.Text => Encoding.UTF8.GetString(batch.BytesOf(reading)),
            _ => reading.ToDouble().ToString(CultureInfo.InvariantCulture),
        };
}
