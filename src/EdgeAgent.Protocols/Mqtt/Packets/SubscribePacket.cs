namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>SUBSCRIBE: filters with the QoS and options wanted.</summary>
internal sealed class SubscribePacket
{
    public ushort PacketId { get; init; }
    public required IReadOnlyList<MqttSubscription> Subscriptions { get; init; }
    public MqttProperties? Properties { get; init; }

    public static SubscribePacket? Read(ReadOnlyMemory<byte> body, MqttVersion version, MqttDecodeLimits limits, out MqttFault fault)
    {
        var cursor = new PacketCursor(body);
        ushort packetId = cursor.PacketId();
        MqttProperties? properties = version == MqttVersion.V5 ? MqttProperties.Read(ref cursor, MqttPacketType.Subscribe, limits) : null;
        var subscriptions = new List<MqttSubscription>();
        do
        {
            if (cursor.Remaining == 0 && cursor.Fault == MqttFault.None)
            {
                cursor.Fail(MqttFault.EntriesMissing);
            }
            else if (subscriptions.Count == limits.EntriesMax)
            {
                cursor.Fail(MqttFault.EntriesTooMany);
            }
            else
            {
                subscriptions.Add(ReadOne(ref cursor, version));
            }
        }
        while (cursor.Remaining > 0);
        fault = cursor.End();
        return fault == MqttFault.None
            ? new SubscribePacket { PacketId = packetId, Subscriptions = subscriptions, Properties = properties } : null;
    }

    public void Write(PacketBuffer target, MqttVersion version)
    {
        target.Byte((byte)MqttPacketType.Subscribe << 4 | 2);
        int block = target.BeginBlock();
        target.UInt16(PacketId);
        if (version == MqttVersion.V5)
        {
            MqttProperties.Write(target, Properties);
        }
        foreach (MqttSubscription subscription in Subscriptions)
        {
            target.Text(subscription.Filter);
            int options = (int)subscription.Qos;
            if (version == MqttVersion.V5)
            {
                options |= (subscription.NoLocal ? 4 : 0) | (subscription.RetainAsPublished ? 8 : 0) | (int)subscription.RetainHandling << 4;
            }
            target.Byte((byte)options);
        }
        target.EndBlock(block);
    }

    private static MqttSubscription ReadOne(ref PacketCursor cursor, MqttVersion version)
    {
        string filter = cursor.Text();
        int options = cursor.Byte();
        if (cursor.Fault == MqttFault.None && !MqttTopic.IsFilter(filter))
        {
            cursor.Fail(MqttFault.TopicFilterInvalid);
        }
        if ((options & 3) == 3)
        {
            cursor.Fail(MqttFault.QosInvalid);
        }
        bool noLocal = (options & 4) != 0;
        bool reserved = version == MqttVersion.V5 ? (options & 0xC0) != 0 || (options & 0x30) == 0x30 : (options & 0xFC) != 0;
        if (reserved || noLocal && filter.StartsWith("$share/", StringComparison.Ordinal))
        {
            cursor.Fail(MqttFault.SubscriptionOptionsInvalid);
        }
        return new MqttSubscription(filter, (MqttQos)(options & 3))
        {
            NoLocal = noLocal,
            RetainAsPublished = (options & 8) != 0,
            RetainHandling = (MqttRetainHandling)(options >> 4 & 3),
        };
    }
}
