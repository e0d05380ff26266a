using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing.Sparkplug;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Publishing.Sparkplug;

/// <summary>An edge node with short times that publishes a buffer's batches.</summary>
internal sealed class NodeFixture : PlantBuffer
{
    public const string Host = "scada";

    /// <summary>Aliases follow from the order of the definition.</summary>
    public const ulong Pressure = 100, Count = 101, Speed = 105;

    public NodeFixture(IReadOnlyList<string> brokers, Func<PublisherConfig, PublisherConfig>? change = null, BufferOptions? buffer = null)
        : base(["scada"], buffer)
    {
        Config = new PublisherConfig
        {
            Name = "scada",
            Format = PublishFormat.Sparkplug,
            Brokers = brokers,
            Sparkplug = new SparkplugConfig { ConfirmAfterMs = 50, HostWaitMs = 300, NodeDataMs = 100 },
            ConnectTimeoutMs = 2000,
        };
        Config = change?.Invoke(Config) ?? Config;
        Publisher = Create();
    }

    public PublisherConfig Config { get; }

    public SparkplugPublisher Publisher { get; private set; }

    public NodeFixture Start()
    {
        Publisher.Announce(Plant);
        Publisher.Start();
        return this;
    }

    public Task DrainedAsync() => Eventually.TrueAsync(
        () => Buffer.ReadStatistics().PendingBatches == 0, $"the buffer is empty; {Publisher.Statistics}");

    public async Task RestartAsync()
    {
        await Publisher.DisposeAsync();
        Publisher = Create();
        Start();
    }

    public override async ValueTask DisposeAsync()
    {
        await Publisher.DisposeAsync();
        await base.DisposeAsync();
    }

    private SparkplugPublisher Create() => new(
        Config, Identity, Buffer, TimeProvider.System, NullLogger<SparkplugPublisher>.Instance,
        new SparkplugTimes { ProblemPause = TimeSpan.FromMilliseconds(50) });
}
