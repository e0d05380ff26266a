namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>Why an established connection ended.</summary>
/// <param name="Text">What happened and what to try, for people.</param>
/// <param name="Cause">The kind of loss, for programs.</param>
/// <param name="Reason">The broker's reason code, where it gave one.</param>
public sealed record MqttConnectionLoss(string Text, MqttLossCause Cause, MqttReason Reason = MqttReason.Success, Exception? Exception = null)
{
    /// <summary>True when another client seems to use the same client id: the broker said so, or it closes each new connection soon.</summary>
    public bool SuspectedTakeover { get; init; }
}
