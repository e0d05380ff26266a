namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>UNSUBSCRIBE: the filters to give up.</summary>
internal sealed class UnsubscribePacket
{
    public ushort PacketId { get; init; }
    public required IReadOnlyList<string> Filters { get; init; }
    public MqttProperties? Properties { get; init; }

    public static UnsubscribePacket? Read(ReadOnlyMemory<byte> body, MqttVersion version, MqttDecodeLimits limits, out MqttFault fault)
    {
        var cursor = new PacketCursor(body);
        ushort packetId = cursor.PacketId();
        MqttProperties? properties = version == MqttVersion.V5 ? MqttProperties.Read(ref cursor, MqttPacketType.Unsubscribe, limits) : null;
        var filters = new List<string>();
        if (cursor.Remaining == 0)
        {
            cursor.Fail(MqttFault.EntriesMissing);
        }
        while (cursor.Remaining > 0)
        {
            string filter = cursor.Text();
            if (cursor.Fault == MqttFault.None && !MqttTopic.IsFilter(filter))
            {
                cursor.Fail(MqttFault.TopicFilterInvalid);
            }
            if (filters.Count == limits.EntriesMax)
            {
                cursor.Fail(MqttFault.EntriesTooMany);
            }
            filters.Add(filter);
        }
        fault = cursor.End();
        return fault == MqttFault.None ? new UnsubscribePacket { PacketId = packetId, Filters = filters, Properties = properties } : null;
    }

    public void Write(PacketBuffer target, MqttVersion version)
    {
        target.Byte((byte)MqttPacketType.Unsubscribe << 4 | 2);
        int block = target.BeginBlock();
        target.UInt16(PacketId);
        if (version == MqttVersion.V5)
        {
            MqttProperties.Write(target, Properties);
        }
        foreach (string filter in Filters)
        {
            target.Text(filter);
        }
        target.EndBlock(block);
    }
}
