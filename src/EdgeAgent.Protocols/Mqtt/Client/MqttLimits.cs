namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>How the client divides the 16-bit packet identifiers.</summary>
internal static class MqttLimits
{
    /// <summary>Identifiers 1 to this are for publishes; those above are for SUBSCRIBE and UNSUBSCRIBE.</summary>
    public const int InFlightMax = 32_767;
}
