namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>The properties of one MQTT 5 packet, read into named fields; a field that is null was absent.</summary>
internal sealed class MqttProperties
{
    public bool? PayloadIsText { get; set; }
    public uint? MessageExpirySeconds { get; set; }
    public string? ContentType { get; set; }
    public string? ResponseTopic { get; set; }
    public byte[]? CorrelationData { get; set; }
    public List<int>? SubscriptionIdentifiers { get; set; }
    public uint? SessionExpirySeconds { get; set; }
    public string? AssignedClientId { get; set; }
    public ushort? ServerKeepAliveSeconds { get; set; }
    public string? AuthenticationMethod { get; set; }
    public byte[]? AuthenticationData { get; set; }
    public bool? RequestProblemInformation { get; set; }
    public uint? WillDelaySeconds { get; set; }
    public bool? RequestResponseInformation { get; set; }
    public string? ResponseInformation { get; set; }
    public string? ServerReference { get; set; }
    public string? ReasonString { get; set; }
    public ushort? ReceiveMaximum { get; set; }
    public ushort? TopicAliasMaximum { get; set; }
    public ushort? TopicAlias { get; set; }
    public MqttQos? MaximumQos { get; set; }
    public bool? RetainAvailable { get; set; }
    public List<KeyValuePair<string, string>>? UserProperties { get; set; }
    public uint? PacketSizeBytesMax { get; set; }
    public bool? WildcardsAvailable { get; set; }
    public bool? SubscriptionIdentifiersAvailable { get; set; }
    public bool? SharedSubscriptionsAvailable { get; set; }

    /// <summary>Reads a property block with its length; an absent block (nothing remains) gives null.</summary>
    public static MqttProperties? Read(ref PacketCursor cursor, MqttPacketType packet, MqttDecodeLimits limits)
    {
        ReadOnlyMemory<byte> block = cursor.Take(cursor.VariableInteger());
        if (block.IsEmpty)
        {
            return null;
        }
        MqttProperties? properties = Parse(block, packet, limits, out MqttFault fault);
        if (fault != MqttFault.None)
        {
            cursor.Fail(fault);
        }
        return properties;
    }

    /// <summary>Reads the properties inside a block.</summary>
    public static MqttProperties? Parse(ReadOnlyMemory<byte> block, MqttPacketType packet, MqttDecodeLimits limits, out MqttFault fault)
    {
        var properties = new MqttProperties();
        var reader = new MqttPropertyReader(block, packet);
        int entries = 0;
        while (reader.TryRead(out MqttProperty property))
        {
            if (MqttPropertyRules.MayRepeat(property.Id, packet) && ++entries > limits.EntriesMax)
            {
                fault = MqttFault.EntriesTooMany;
                return null;
            }
            MqttPropertyFields.Set(properties, property);
        }
        fault = reader.Fault;
        if (fault == MqttFault.None && properties.AuthenticationData != null && properties.AuthenticationMethod == null)
        {
            fault = MqttFault.PropertyNotAllowed;
        }
        return fault == MqttFault.None ? properties : null;
    }

    /// <summary>Writes the length and all properties that are set; null writes an empty block.</summary>
    public static void Write(PacketBuffer target, MqttProperties? properties)
    {
        if (properties == null)
        {
            target.Byte(0);
            return;
        }
        int block = target.BeginBlock();
        MqttPropertyFields.Write(target, properties);
        target.EndBlock(block);
    }
}
