namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>PINGREQ and PINGRESP, which are two bytes each.</summary>
internal static class PingPacket
{
    public static void WriteRequest(PacketBuffer target) => target.Raw([(byte)MqttPacketType.PingReq << 4, 0]);

    public static void WriteResponse(PacketBuffer target) => target.Raw([(byte)MqttPacketType.PingResp << 4, 0]);

    public static MqttFault Check(ReadOnlyMemory<byte> body) => body.IsEmpty ? MqttFault.None : MqttFault.TrailingBytes;
}
