namespace EdgeAgent.Protocols.Mqtt.Packets;

/// <summary>CONNECT: the first packet of a client.</summary>
internal sealed class ConnectPacket
{
    private const int UserFlag = 0x80;
    private const int PasswordFlag = 0x40;
    private const int WillRetainFlag = 0x20;
    private const int WillFlag = 0x04;
    private const int CleanStartFlag = 0x02;

    public MqttVersion Version { get; init; }
    public string ClientId { get; init; } = "";
    public bool CleanStart { get; init; }
    public ushort KeepAliveSeconds { get; init; }
    public string? User { get; init; }
    public ReadOnlyMemory<byte>? Password { get; init; }
    public MqttWill? Will { get; init; }
    public MqttProperties? WillProperties { get; init; }
    public MqttProperties? Properties { get; init; }

    public static ConnectPacket? Read(ReadOnlyMemory<byte> body, MqttDecodeLimits limits, out MqttFault fault)
    {
        var cursor = new PacketCursor(body);
        if (!cursor.Utf8Bytes().Span.SequenceEqual("MQTT"u8))
        {
            cursor.Fail(MqttFault.ProtocolNameInvalid);
        }
        var version = (MqttVersion)cursor.Byte();
        if (version is not (MqttVersion.V311 or MqttVersion.V5))
        {
            cursor.Fail(MqttFault.ProtocolVersionUnsupported);
        }
        int flags = cursor.Byte();
        CheckFlags(ref cursor, flags, version);
        ushort keepAlive = cursor.UInt16();
        MqttProperties? properties = version == MqttVersion.V5 ? MqttProperties.Read(ref cursor, MqttPacketType.Connect, limits) : null;
        string clientId = cursor.Text();
        MqttWill? will = null;
        MqttProperties? willProperties = null;
        if ((flags & WillFlag) != 0)
        {
            willProperties = version == MqttVersion.V5 ? MqttProperties.Read(ref cursor, MqttPacketType.Will, limits) : null;
            will = ReadWill(ref cursor, flags, willProperties);
        }
        string? user = (flags & UserFlag) != 0 ? cursor.Text() : null;
        ReadOnlyMemory<byte>? password = (flags & PasswordFlag) != 0 ? cursor.Binary().ToArray() : default(ReadOnlyMemory<byte>?);
        fault = cursor.End();
        return fault != MqttFault.None ? null : new ConnectPacket
        {
            Version = version,
            ClientId = clientId,
            CleanStart = (flags & CleanStartFlag) != 0,
            KeepAliveSeconds = keepAlive,
            User = user,
            Password = password,
            Will = will,
            WillProperties = willProperties,
            Properties = properties,
        };
    }

    public void Write(PacketBuffer target)
    {
        target.Byte((byte)MqttPacketType.Connect << 4);
        int block = target.BeginBlock();
        target.Text("MQTT");
        target.Byte((byte)Version);
        target.Byte((byte)((User != null ? UserFlag : 0) | (Password != null ? PasswordFlag : 0) | (CleanStart ? CleanStartFlag : 0)
            | (Will == null ? 0 : WillFlag | (int)Will.Qos << 3 | (Will.Retain ? WillRetainFlag : 0))));
        target.UInt16(KeepAliveSeconds);
        if (Version == MqttVersion.V5)
        {
            MqttProperties.Write(target, Properties);
        }
        target.Text(ClientId);
        if (Will != null)
        {
            if (Version == MqttVersion.V5)
            {
                MqttProperties.Write(target, WillProperties);
            }
            target.Text(Will.Topic);
            target.Binary(Will.Payload.Span);
        }
        if (User != null)
        {
            target.Text(User);
        }
        if (Password is { } password)
        {
            target.Binary(password.Span);
        }
        target.EndBlock(block);
    }

    private static void CheckFlags(ref PacketCursor cursor, int flags, MqttVersion version)
    {
        bool reserved = (flags & 0x01) != 0;
        bool willPartsWithoutWill = (flags & WillFlag) == 0 && (flags & 0x38) != 0;
        bool willQos3 = (flags & 0x18) == 0x18;
        bool passwordWithoutUser = version == MqttVersion.V311 && (flags & PasswordFlag) != 0 && (flags & UserFlag) == 0;
        if (reserved || willPartsWithoutWill || willQos3 || passwordWithoutUser)
        {
            cursor.Fail(MqttFault.ConnectFlagsInvalid);
        }
    }

    private static MqttWill ReadWill(ref PacketCursor cursor, int flags, MqttProperties? properties)
    {
        string topic = cursor.Text();
        if (!MqttTopic.IsName(topic))
        {
            cursor.Fail(MqttFault.TopicNameInvalid);
        }
        byte[] payload = cursor.Binary().ToArray();
        return new MqttWill(topic, payload, (MqttQos)(flags >> 3 & 3), (flags & WillRetainFlag) != 0, properties?.WillDelaySeconds ?? 0);
    }
}
