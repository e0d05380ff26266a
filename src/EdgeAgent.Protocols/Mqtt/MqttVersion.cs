namespace EdgeAgent.Protocols.Mqtt;

/// <summary>The protocol version, numbered as in the CONNECT packet.</summary>
public enum MqttVersion : byte
{
    V311 = 4,
    V5 = 5,
}
