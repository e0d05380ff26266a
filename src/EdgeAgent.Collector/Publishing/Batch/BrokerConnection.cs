using EdgeAgent.Collector.Publishing.Following;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>The connection of a publisher to a hub: its will says that the agent is offline.</summary>
internal static class BrokerConnection
{
    public static MqttClientOptions OptionsOf(PublisherConfig config, PublisherIdentity identity, AgentStatus offline) =>
        BrokerConnections.OptionsOf(config, identity) with
        {
            Will = new MqttWill(Topics.Status(identity.Site, identity.Agent), offline.ToUtf8(), MqttQos.AtLeastOnce, Retain: true),
        };

    public static AgentStatus StatusOf(PublisherIdentity identity, bool online, Guid incarnation, TimeProvider time) =>
        new(online, identity.Version, incarnation, UnixTicks.Now(time));
}
