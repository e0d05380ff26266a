using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Core.Configuration;

/// <summary>The agent: what it collects, how it buffers, where it publishes.</summary>
public sealed record AgentConfig
{
    [Description("Name of the agent, unique in its site, part of every topic: 1 to 64 bytes, no + # / $.")]
    public required string Id { get; init; }

    [Description("Where the buffer and the agent's key live; relative to the configuration file.")]
    [DefaultValue("./data/agent")]
    public string DataDirectory { get; init; } = "./data/agent";

    [Description("Longest time in milliseconds that a reading waits before it is in the buffer.")]
    [DefaultValue(250), Range(10, 60_000)]
    public int FlushIntervalMs { get; init; } = 250;

    [Description("A batch is sealed when it holds this many readings, even before the flush interval is over.")]
    [DefaultValue(20_000), Range(1, 200_000)]
    public int ReadingsPerBatchMax { get; init; } = 20_000;

    [Description("How often tags are read, by name. A tag without scan class uses 'normal', which is 1,000 ms unless given here.")]
    public IReadOnlyDictionary<string, ScanClassConfig> ScanClasses { get; init; } = new Dictionary<string, ScanClassConfig>();

    [Description("The buffer on disk that bridges outages.")]
    public BufferConfig Buffer { get; init; } = new();

    [Description("Where batches go; each publisher reads the buffer at its own pace.")]
    public IReadOnlyList<PublisherConfig> Publishers { get; init; } = [];

    [Description("Connections to devices; one loop each.")]
    public IReadOnlyList<EndpointConfig> Endpoints { get; init; } = [];

    [Description("Whether configurations are taken from a hub; left out, they are not.")]
    public RemoteConfigurationConfig? RemoteConfiguration { get; init; }
}
