namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>How the messages of a source are written.</summary>
public enum MqttInFormat
{
    /// <summary>A JSON document; tags are addressed by path.</summary>
    Json,

    /// <summary>One value as text.</summary>
    Plain,

    /// <summary>Sparkplug B.</summary>
    Sparkplug,

    /// <summary>Uplinks of a ChirpStack v4 network server, as JSON.</summary>
    ChirpStack,
}
