namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>One subscription of one session.</summary>
internal sealed class BrokerSubscription(BrokerSession session, MqttSubscription wanted, int? identifier)
{
    public BrokerSession Session => session;

    public MqttSubscription Wanted => wanted;

    public int? Identifier => identifier;

    /// <summary>The group when this is a shared subscription.</summary>
    public ShareGroup? Group { get; set; }
}
