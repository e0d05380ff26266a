namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>Walks through the properties of one packet, holding each against the rules of MQTT 5; allocates nothing.</summary>
internal ref struct MqttPropertyReader(ReadOnlyMemory<byte> properties, MqttPacketType packet)
{
    private PacketCursor _cursor = new(properties);
    private ulong _seen;

    public readonly MqttFault Fault => _cursor.Fault;

    public bool TryRead(out MqttProperty property)
    {
        property = default;
        if (_cursor.Remaining == 0)
        {
            return false;
        }
        var id = (MqttPropertyId)Math.Min(_cursor.VariableInteger(), 255);
        MqttPropertyRules.Form form = MqttPropertyRules.FormOf(id);
        if (form == MqttPropertyRules.Form.Unknown)
        {
            _cursor.Fail(MqttFault.PropertyUnknown);
            return false;
        }
        if (!MqttPropertyRules.IsAllowed(id, packet))
        {
            _cursor.Fail(MqttFault.PropertyNotAllowed);
            return false;
        }
        if ((_seen & 1UL << (int)id) != 0 && !MqttPropertyRules.MayRepeat(id, packet))
        {
            _cursor.Fail(MqttFault.PropertyRepeated);
            return false;
        }
        _seen |= 1UL << (int)id;
        property = ReadValue(id, form);
        if (_cursor.Fault == MqttFault.None && !MqttPropertyRules.IsInRange(id, property.Number))
        {
            _cursor.Fail(MqttFault.PropertyValueInvalid);
        }
        return _cursor.Fault == MqttFault.None;
    }

    /// <summary>Reads all properties only to see whether they keep the rules.</summary>
    public static MqttFault Check(ReadOnlyMemory<byte> properties, MqttPacketType packet)
    {
        if (properties.IsEmpty)
        {
            return MqttFault.None;
        }
        var reader = new MqttPropertyReader(properties, packet);
        while (reader.TryRead(out _))
        {
        }
        return reader.Fault;
    }

    private MqttProperty ReadValue(MqttPropertyId id, MqttPropertyRules.Form form) => form switch
    {
        MqttPropertyRules.Form.Byte => new MqttProperty(id, _cursor.Byte(), default, default),
        MqttPropertyRules.Form.UInt16 => new MqttProperty(id, _cursor.UInt16(), default, default),
        MqttPropertyRules.Form.UInt32 => new MqttProperty(id, _cursor.UInt32(), default, default),
        MqttPropertyRules.Form.VariableInteger => new MqttProperty(id, (uint)_cursor.VariableInteger(), default, default),
        MqttPropertyRules.Form.Text => new MqttProperty(id, 0, _cursor.Utf8Bytes(), default),
        MqttPropertyRules.Form.Binary => new MqttProperty(id, 0, _cursor.Binary(), default),
        _ => new MqttProperty(id, 0, _cursor.Utf8Bytes(), _cursor.Utf8Bytes()),
    };
}
