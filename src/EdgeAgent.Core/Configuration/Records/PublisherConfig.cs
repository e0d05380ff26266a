using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Core.Configuration;

/// <summary>One destination of the agent's batches.</summary>
public sealed record PublisherConfig : MqttConnectionConfig
{
    [Description("Name of the publisher, unique in the agent; it names the publisher's place in the buffer.")]
    public required string Name { get; init; }

    [Description("batch: signed batches for a hub; sparkplug: a Sparkplug B edge node; json: JSON by templates.")]
    [DefaultValue(PublishFormat.Batch)]
    public PublishFormat Format { get; init; }

    [Description("store: a batch is deleted when the hub's store has committed it; broker: when the broker has taken it.")]
    [DefaultValue(PublishAcknowledge.Store)]
    public PublishAcknowledge Acknowledge { get; init; }

    [Description("Most batches a second, to spare a thin link after an outage; 0 is unlimited.")]
    [DefaultValue(0), Range(0, 1_000_000)]
    public int RatePerSecondMax { get; init; }

    [Description("With format sparkplug: names in the Sparkplug namespace, and the primary host.")]
    public SparkplugConfig? Sparkplug { get; init; }

    [Description("With format json: what is published where.")]
    public JsonPublishConfig? Json { get; init; }

    [Description("One-time token with which the hub takes this agent in without approval by hand; give it as ${env:NAME} or ${file:PATH}.")]
    public Secret? EnrolmentToken { get; init; }
}
