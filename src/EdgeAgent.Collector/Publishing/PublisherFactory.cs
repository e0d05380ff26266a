using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing.Batch;
using EdgeAgent.Collector.Publishing.Json;
using EdgeAgent.Collector.Publishing.Sparkplug;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing;

/// <summary>Makes the publisher that a configuration asks for. A further format is a folder and a line here.</summary>
public static class PublisherFactory
{
    public static IPublisher Create(
        PublisherConfig config, PublisherIdentity identity, BatchBuffer buffer, TimeProvider time, ILoggerFactory loggers,
        Func<AgentHealth>? health = null) =>
        config.Format switch
        {
            PublishFormat.Batch => new HubPublisher(config, identity, buffer, time, loggers.CreateLogger<HubPublisher>(), health: health),
            PublishFormat.Sparkplug => new SparkplugPublisher(config, identity, buffer, time, loggers.CreateLogger<SparkplugPublisher>()),
            PublishFormat.Json => new JsonPublisher(config, identity, buffer, time, loggers.CreateLogger<JsonPublisher>()),
            _ => throw new ArgumentOutOfRangeException(nameof(config), config.Format, "There is no publisher for this format."),
        };
}
