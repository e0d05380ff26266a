namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>The answer to a login: refused with a reason, or let in with rules.</summary>
public sealed record MqttAccess(MqttReason Reason, MqttTopicRules Rules)
{
    public bool IsGranted => Reason == MqttReason.Success;

    public static MqttAccess Grant(MqttTopicRules rules) => new(MqttReason.Success, rules);

    public static MqttAccess Refuse(MqttReason reason) => new(reason, MqttTopicRules.Nothing);
}
