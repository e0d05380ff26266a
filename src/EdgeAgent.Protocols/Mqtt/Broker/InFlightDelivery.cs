namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>A QoS 1 or 2 message that was sent to a client and is not finished.</summary>
internal sealed class InFlightDelivery(ushort packetId, Delivery delivery)
{
    public ushort PacketId => packetId;

    public Delivery Delivery => delivery;

    /// <summary>QoS 2: the client has it (PUBREC came); only PUBREL and PUBCOMP are left.</summary>
    public bool IsReceived { get; set; }
}
