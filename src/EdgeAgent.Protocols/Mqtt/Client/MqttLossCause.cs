namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>The kinds of connection loss.</summary>
public enum MqttLossCause : byte
{
    /// <summary>The broker closed the connection without a word.</summary>
    ClosedByBroker,

    /// <summary>The broker sent DISCONNECT with a reason code.</summary>
    DisconnectedByBroker,

    /// <summary>The broker did not answer within a deadline.</summary>
    Silent,

    /// <summary>The network failed.</summary>
    NetworkError,

    /// <summary>The broker sent something that MQTT does not allow.</summary>
    ProtocolError,

    /// <summary>This client was told to disconnect.</summary>
    Local,
}
