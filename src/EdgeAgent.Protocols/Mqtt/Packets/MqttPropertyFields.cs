using System.Text;

namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>Moves single properties between the wire and the fields of <see cref="MqttProperties"/>.</summary>
internal static class MqttPropertyFields
{
    public static void Set(MqttProperties p, in MqttProperty property)
    {
        uint number = property.Number;
        switch (property.Id)
        {
            case MqttPropertyId.PayloadFormatIndicator: p.PayloadIsText = number != 0; break;
            case MqttPropertyId.MessageExpiryInterval: p.MessageExpirySeconds = number; break;
            case MqttPropertyId.ContentType: p.ContentType = Text(property.Bytes); break;
            case MqttPropertyId.ResponseTopic: p.ResponseTopic = Text(property.Bytes); break;
            case MqttPropertyId.CorrelationData: p.CorrelationData = property.Bytes.ToArray(); break;
            case MqttPropertyId.SubscriptionIdentifier: (p.SubscriptionIdentifiers ??= []).Add((int)number); break;
            case MqttPropertyId.SessionExpiryInterval: p.SessionExpirySeconds = number; break;
            case MqttPropertyId.AssignedClientIdentifier: p.AssignedClientId = Text(property.Bytes); break;
            case MqttPropertyId.ServerKeepAlive: p.ServerKeepAliveSeconds = (ushort)number; break;
            case MqttPropertyId.AuthenticationMethod: p.AuthenticationMethod = Text(property.Bytes); break;
            case MqttPropertyId.AuthenticationData: p.AuthenticationData = property.Bytes.ToArray(); break;
            case MqttPropertyId.RequestProblemInformation: p.RequestProblemInformation = number != 0; break;
            case MqttPropertyId.WillDelayInterval: p.WillDelaySeconds = number; break;
            case MqttPropertyId.RequestResponseInformation: p.RequestResponseInformation = number != 0; break;
            case MqttPropertyId.ResponseInformation: p.ResponseInformation = Text(property.Bytes); break;
            case MqttPropertyId.ServerReference: p.ServerReference = Text(property.Bytes); break;
            case MqttPropertyId.ReasonString: p.ReasonString = Text(property.Bytes); break;
            case MqttPropertyId.ReceiveMaximum: p.ReceiveMaximum = (ushort)number; break;
            case MqttPropertyId.TopicAliasMaximum: p.TopicAliasMaximum = (ushort)number; break;
            case MqttPropertyId.TopicAlias: p.TopicAlias = (ushort)number; break;
            case MqttPropertyId.MaximumQos: p.MaximumQos = (MqttQos)number; break;
            case MqttPropertyId.RetainAvailable: p.RetainAvailable = number != 0; break;
            case MqttPropertyId.UserProperty: (p.UserProperties ??= []).Add(new(Text(property.Bytes), Text(property.Value))); break;
            case MqttPropertyId.MaximumPacketSize: p.PacketSizeBytesMax = number; break;
            case MqttPropertyId.WildcardSubscriptionAvailable: p.WildcardsAvailable = number != 0; break;
            case MqttPropertyId.SubscriptionIdentifierAvailable: p.SubscriptionIdentifiersAvailable = number != 0; break;
            case MqttPropertyId.SharedSubscriptionAvailable: p.SharedSubscriptionsAvailable = number != 0; break;
        }
    }

    public static void Write(PacketBuffer b, MqttProperties p)
    {
        Flag(b, MqttPropertyId.PayloadFormatIndicator, p.PayloadIsText);
        Number(b, MqttPropertyId.MessageExpiryInterval, p.MessageExpirySeconds);
        Text(b, MqttPropertyId.ContentType, p.ContentType);
        Text(b, MqttPropertyId.ResponseTopic, p.ResponseTopic);
        Bytes(b, MqttPropertyId.CorrelationData, p.CorrelationData);
        foreach (int id in p.SubscriptionIdentifiers ?? [])
        {
            b.Byte((byte)MqttPropertyId.SubscriptionIdentifier);
            b.VariableInteger(id);
        }
        Number(b, MqttPropertyId.SessionExpiryInterval, p.SessionExpirySeconds);
        Text(b, MqttPropertyId.AssignedClientIdentifier, p.AssignedClientId);
        Number(b, MqttPropertyId.ServerKeepAlive, p.ServerKeepAliveSeconds);
        Text(b, MqttPropertyId.AuthenticationMethod, p.AuthenticationMethod);
        Bytes(b, MqttPropertyId.AuthenticationData, p.AuthenticationData);
        Flag(b, MqttPropertyId.RequestProblemInformation, p.RequestProblemInformation);
        Number(b, MqttPropertyId.WillDelayInterval, p.WillDelaySeconds);
        Flag(b, MqttPropertyId.RequestResponseInformation, p.RequestResponseInformation);
        Text(b, MqttPropertyId.ResponseInformation, p.ResponseInformation);
        Text(b, MqttPropertyId.ServerReference, p.ServerReference);
        Text(b, MqttPropertyId.ReasonString, p.ReasonString);
        Number(b, MqttPropertyId.ReceiveMaximum, p.ReceiveMaximum);
        Number(b, MqttPropertyId.TopicAliasMaximum, p.TopicAliasMaximum);
        Number(b, MqttPropertyId.TopicAlias, p.TopicAlias);
        Flag(b, MqttPropertyId.MaximumQos, p.MaximumQos == null ? null : p.MaximumQos == MqttQos.AtLeastOnce);
        Flag(b, MqttPropertyId.RetainAvailable, p.RetainAvailable);
        foreach ((string name, string value) in p.UserProperties ?? [])
        {
            b.Byte((byte)MqttPropertyId.UserProperty);
            b.Text(name);
            b.Text(value);
        }
        Number(b, MqttPropertyId.MaximumPacketSize, p.PacketSizeBytesMax);
        Flag(b, MqttPropertyId.WildcardSubscriptionAvailable, p.WildcardsAvailable);
        Flag(b, MqttPropertyId.SubscriptionIdentifierAvailable, p.SubscriptionIdentifiersAvailable);
        Flag(b, MqttPropertyId.SharedSubscriptionAvailable, p.SharedSubscriptionsAvailable);
    }

    /// <summary>Writes a property as it was read.</summary>
    public static void Copy(PacketBuffer b, in MqttProperty property)
    {
        b.Byte((byte)property.Id);
        switch (MqttPropertyRules.FormOf(property.Id))
        {
            case MqttPropertyRules.Form.Byte: b.Byte((byte)property.Number); break;
            case MqttPropertyRules.Form.UInt16: b.UInt16((ushort)property.Number); break;
            case MqttPropertyRules.Form.UInt32: b.UInt32(property.Number); break;
            case MqttPropertyRules.Form.VariableInteger: b.VariableInteger((int)property.Number); break;
            case MqttPropertyRules.Form.Pair:
                b.Binary(property.Bytes.Span);
                b.Binary(property.Value.Span);
                break;
            default: b.Binary(property.Bytes.Span); break;
        }
    }

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    private static void Flag(PacketBuffer b, MqttPropertyId id, bool? value)
    {
        if (value is { } set)
        {
            b.Byte((byte)id);
            b.Byte(set ? (byte)1 : (byte)0);
        }
    }

    private static void Number(PacketBuffer b, MqttPropertyId id, uint? value)
    {
        if (value is not { } number)
        {
            return;
        }
        b.Byte((byte)id);
        if (MqttPropertyRules.FormOf(id) == MqttPropertyRules.Form.UInt16)
        {
            b.UInt16((ushort)number);
        }
        else
        {
            b.UInt32(number);
        }
    }

    private static void Text(PacketBuffer b, MqttPropertyId id, string? text)
    {
        if (text != null)
        {
            b.Byte((byte)id);
            b.Text(text);
        }
    }

    private static void Bytes(PacketBuffer b, MqttPropertyId id, byte[]? bytes)
    {
        if (bytes != null)
        {
            b.Byte((byte)id);
            b.Binary(bytes);
        }
    }
}
