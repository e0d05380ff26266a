using EdgeAgent.Collector.Publishing.Following;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>As <see cref="ConnectionObserver"/>, and forgets with a connection what its broker said of the primary host.</summary>
internal sealed class NodeObserver(string publisher, PublisherCounters counters, WakeSignal wake, HostWatch host, ILogger logger)
    : ConnectionObserver(publisher, counters, wake, logger)
{
    public override void Disconnected(MqttBrokerAddress broker, MqttConnectionLoss loss)
    {
        host.Reset();
        base.Disconnected(broker, loss);
    }
}
