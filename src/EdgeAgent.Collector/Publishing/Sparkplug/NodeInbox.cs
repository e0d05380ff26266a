using System.Text;
using EdgeAgent.Collector.Publishing.Following;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Sparkplug;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>Takes commands for the node and the primary host's state. Runs on the MQTT client's thread.</summary>
internal sealed class NodeInbox(string publisher, SparkplugNodeTopics topics, string? primaryHost, HostWatch host, WakeSignal wake, ILogger logger)
{
    private readonly byte[] _command = Encoding.UTF8.GetBytes(topics.Command);
    private readonly byte[] _state = primaryHost is null ? [] : Encoding.UTF8.GetBytes(SparkplugHostState.TopicOf(primaryHost));
    private readonly SparkplugPayload _scratch = new();
    private int _rebirth;

    /// <summary>Commands are never missed at QoS 1; the state is retained at the broker.</summary>
    public IReadOnlyList<MqttSubscription> Subscriptions { get; } = primaryHost is null
        ? [new MqttSubscription(topics.Command)]
        : [new MqttSubscription(topics.Command), new MqttSubscription(SparkplugHostState.TopicOf(primaryHost))];

    /// <summary>The broker has taken the subscriptions; births wait for it.</summary>
    public bool IsSubscribed { get; set; }

    /// <summary>Whether a host asked for a rebirth since the last call.</summary>
    public bool TakeRebirth() => Interlocked.Exchange(ref _rebirth, 0) != 0;

    public ValueTask HandleAsync(MqttMessage message, CancellationToken cancellation)
    {
        if (message.Topic.Span.SequenceEqual(_state))
        {
            if (!SparkplugHostState.TryRead(message.Payload.Span, out SparkplugHostState state))
            {
                logger.PublisherProblem(publisher, $"what {primaryHost} says of its state is not of Sparkplug 3 and is ignored; it may be set to version 2");
            }
            else if (host.Take(state))
            {
                wake.Set();
            }
        }
        else if (message.Topic.Span.SequenceEqual(_command) && NodeCommand.AsksForRebirth(message.Payload.Span, _scratch))
        {
            Interlocked.Exchange(ref _rebirth, 1);
            wake.Set();
        }

        return default;
    }
}
