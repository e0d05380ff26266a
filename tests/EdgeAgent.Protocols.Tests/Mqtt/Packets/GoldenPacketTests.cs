using System.Text;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Tests.Mqtt.Packets;

/// <summary>Packets drawn by hand from the two standards: read, compared field by field, and written back to the same bytes.</summary>
public sealed class GoldenPacketTests
{
    private static readonly MqttDecodeLimits Limits = MqttDecodeLimits.Default;

    [Fact]
    public void Connect_of_3_1_1_with_everything()
    {
        byte[] bytes = Hex.Bytes("10 26 0004 4D515454 04 EE 003C 0004 67772D31 0006 73746174 652F 0003 6F6666 0002 7531 0003 707764");
        bytes[1] = (byte)(bytes.Length - 2);
        ConnectPacket packet = ConnectPacket.Read(Body(bytes), Limits, out MqttFault fault)!;
        Assert.Equal(MqttFault.None, fault);
        Assert.Equal((MqttVersion.V311, "gw-1", true, (ushort)60, "u1"), (packet.Version, packet.ClientId, packet.CleanStart, packet.KeepAliveSeconds, packet.User));
        Assert.Equal("pwd", Encoding.UTF8.GetString(packet.Password!.Value.Span));
        Assert.Equal(("state/", MqttQos.AtLeastOnce, true), (packet.Will!.Topic, packet.Will.Qos, packet.Will.Retain));
        Assert.Equal("off", Encoding.UTF8.GetString(packet.Will.Payload.Span));
        AssertWrites(bytes, packet.Write);
    }

    [Fact]
    public void Connect_of_5_with_properties_and_a_delayed_will()
    {
        byte[] bytes = Hex.Bytes("10 00 0004 4D515454 05 06 000A 08 11 0000003C 21 0014 0001 61 05 18 0000001E 0001 77 0000");
        bytes[1] = (byte)(bytes.Length - 2);
        ConnectPacket packet = ConnectPacket.Read(Body(bytes), Limits, out MqttFault fault)!;
        Assert.Equal(MqttFault.None, fault);
        Assert.Equal(60u, packet.Properties!.SessionExpirySeconds);
        Assert.Equal((ushort)20, packet.Properties.ReceiveMaximum);
        Assert.Equal(30u, packet.Will!.DelaySeconds);
        Assert.Null(packet.Password);
        AssertWrites(bytes, packet.Write);
    }

    [Theory]
    [InlineData(MqttVersion.V311, "20 02 01 00", true, MqttReason.Success)]
    [InlineData(MqttVersion.V311, "20 02 00 05", false, MqttReason.NotAuthorized)]
    [InlineData(MqttVersion.V5, "20 03 00 86 00", false, MqttReason.BadUserNameOrPassword)]
    [InlineData(MqttVersion.V5, "20 06 01 00 03 21 000A", true, MqttReason.Success)]
    public void ConnAck(MqttVersion version, string hex, bool sessionPresent, MqttReason reason)
    {
        byte[] bytes = Hex.Bytes(hex);
        ConnAckPacket packet = ConnAckPacket.Read(Body(bytes), version, Limits, out MqttFault fault)!;
        Assert.Equal((MqttFault.None, sessionPresent, reason), (fault, packet.SessionPresent, packet.Reason));
        AssertWrites(bytes, target => packet.Write(target, version));
    }

    [Fact]
    public void ConnAck_of_a_3_1_1_broker_that_is_asked_for_5()
    {
        ConnAckPacket packet = ConnAckPacket.Read(Hex.Bytes("00 01"), MqttVersion.V5, Limits, out _)!;
        Assert.Equal(MqttReason.UnsupportedProtocolVersion, packet.Reason);
    }

    [Theory]
    [InlineData(MqttVersion.V311, "30 06 0003 612F62 21", "a/b", "!", MqttQos.AtMostOnce, false, false, 0)]
    [InlineData(MqttVersion.V311, "3D 08 0003 612F62 000A 21", "a/b", "!", MqttQos.ExactlyOnce, true, true, 10)]
    [InlineData(MqttVersion.V5, "32 07 0001 61 FFFF 00 21", "a", "!", MqttQos.AtLeastOnce, false, false, 65535)]
    [InlineData(MqttVersion.V5, "30 04 0001 61 00", "a", "", MqttQos.AtMostOnce, false, false, 0)]
    public void Publish(MqttVersion version, string hex, string topic, string payload, MqttQos qos, bool retain, bool dup, int packetId)
    {
        byte[] bytes = Hex.Bytes(hex);
        Assert.True(PacketFrame.TryRead(bytes, version, 1000, out PacketFrame frame, out _));
        Assert.Equal(bytes.Length, frame.Size);
        Assert.True(PublishPacket.TryRead(frame.Flags, Body(bytes), version, out PublishPacket packet, out _));
        Assert.Equal((topic, payload), (Encoding.UTF8.GetString(packet.Topic.Span), Encoding.UTF8.GetString(packet.Payload.Span)));
        Assert.Equal((qos, retain, dup, packetId), (packet.Qos, packet.Retain, packet.Dup, packet.PacketId));
        AssertWrites(bytes, target => PublishPacket.Write(target, version, packet.Topic.Span, packet.Properties.Span, packet.Payload.Span, qos, retain, dup, packet.PacketId));
    }

    [Theory]
    [InlineData(MqttVersion.V311, "40 02 0001", MqttPacketType.PubAck, 1, MqttReason.Success)]
    [InlineData(MqttVersion.V5, "40 02 0001", MqttPacketType.PubAck, 1, MqttReason.Success)]
    [InlineData(MqttVersion.V5, "50 03 0102 97", MqttPacketType.PubRec, 258, MqttReason.QuotaExceeded)]
    [InlineData(MqttVersion.V311, "62 02 0007", MqttPacketType.PubRel, 7, MqttReason.Success)]
    [InlineData(MqttVersion.V5, "70 03 0007 92", MqttPacketType.PubComp, 7, MqttReason.PacketIdentifierNotFound)]
    [InlineData(MqttVersion.V5, "40 08 0001 10 04 1F 0001 6E", MqttPacketType.PubAck, 1, MqttReason.NoMatchingSubscribers)]
    public void Acknowledgements(MqttVersion version, string hex, object type, int packetId, MqttReason reason)
    {
        byte[] bytes = Hex.Bytes(hex);
        Assert.True(PacketFrame.TryRead(bytes, version, 1000, out PacketFrame frame, out _));
        Assert.True(AckPacket.TryRead(frame.Type, Body(bytes), version, out AckPacket packet, out MqttFault fault), fault.Describe());
        Assert.Equal(((MqttPacketType)type, packetId, reason), (packet.Type, (int)packet.PacketId, packet.Reason));
        AssertWrites(bytes, target => packet.Write(target, version));
    }

    [Fact]
    public void Subscribe_of_3_1_1()
    {
        byte[] bytes = Hex.Bytes("82 0E 000A 0003 612F62 01 0003 632F64 02");
        SubscribePacket packet = SubscribePacket.Read(Body(bytes), MqttVersion.V311, Limits, out MqttFault fault)!;
        Assert.Equal(MqttFault.None, fault);
        Assert.Equal([new MqttSubscription("a/b", MqttQos.AtLeastOnce), new MqttSubscription("c/d", MqttQos.ExactlyOnce)], packet.Subscriptions);
        AssertWrites(bytes, target => packet.Write(target, MqttVersion.V311));
    }

    [Fact]
    public void Subscribe_of_5_with_options_and_identifier()
    {
        byte[] bytes = Hex.Bytes("82 0B 000A 03 0B B960 0002 2F23 1D");
        SubscribePacket packet = SubscribePacket.Read(Body(bytes), MqttVersion.V5, Limits, out MqttFault fault)!;
        Assert.Equal(MqttFault.None, fault);
        MqttSubscription expected = new("/#", MqttQos.AtLeastOnce) { NoLocal = true, RetainAsPublished = true, RetainHandling = MqttRetainHandling.SendIfNew };
        Assert.Equal([expected], packet.Subscriptions);
        Assert.Equal([12345], packet.Properties!.SubscriptionIdentifiers!);
        AssertWrites(bytes, target => packet.Write(target, MqttVersion.V5));
    }

    [Theory]
    [InlineData(MqttVersion.V311, "90 04 000A 02 80")]
    [InlineData(MqttVersion.V5, "90 05 000A 00 01 9E")]
    [InlineData(MqttVersion.V5, "B0 05 000A 00 00 11")]
    [InlineData(MqttVersion.V311, "B0 02 000A")]
    public void SubAck_and_UnsubAck(MqttVersion version, string hex)
    {
        byte[] bytes = Hex.Bytes(hex);
        Assert.True(PacketFrame.TryRead(bytes, version, 1000, out PacketFrame frame, out _));
        SubAckPacket packet = SubAckPacket.Read(frame.Type, Body(bytes), version, Limits, out MqttFault fault)!;
        Assert.Equal(MqttFault.None, fault);
        AssertWrites(bytes, target => packet.Write(target, version));
    }

    [Theory]
    [InlineData(MqttVersion.V311, "A2 05 0001 0001 61")]
    [InlineData(MqttVersion.V5, "A2 09 0001 00 0001 61 0001 23")]
    public void Unsubscribe(MqttVersion version, string hex)
    {
        byte[] bytes = Hex.Bytes(hex);
        UnsubscribePacket packet = UnsubscribePacket.Read(Body(bytes), version, Limits, out MqttFault fault)!;
        Assert.Equal(MqttFault.None, fault);
        AssertWrites(bytes, target => packet.Write(target, version));
    }

    [Theory]
    [InlineData(MqttVersion.V311, "E0 00", MqttReason.Success)]
    [InlineData(MqttVersion.V5, "E0 00", MqttReason.Success)]
    [InlineData(MqttVersion.V5, "E0 01 8E", MqttReason.SessionTakenOver)]
    [InlineData(MqttVersion.V5, "E0 08 04 06 1F 0003 627965", MqttReason.DisconnectWithWill)]
    [InlineData(MqttVersion.V5, "F0 09 18 07 15 0001 6D 16 0000", MqttReason.ContinueAuthentication)]
    public void Disconnect_and_Auth(MqttVersion version, string hex, MqttReason reason)
    {
        byte[] bytes = Hex.Bytes(hex);
        Assert.True(PacketFrame.TryRead(bytes, version, 1000, out PacketFrame frame, out _));
        DisconnectPacket packet = DisconnectPacket.Read(frame.Type, Body(bytes), version, Limits, out MqttFault fault)!;
        Assert.Equal((MqttFault.None, reason), (fault, packet.Reason));
        if (packet.Properties != null || reason != MqttReason.SessionTakenOver)
        {
            AssertWrites(bytes, target => packet.Write(target, version));
        }
    }

    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(16_383, "FF7F")]
    [InlineData(16_384, "808001")]
    [InlineData(2_097_151, "FFFF7F")]
    [InlineData(2_097_152, "80808001")]
    [InlineData(268_435_455, "FFFFFF7F")]
    public void Variable_byte_integers_at_their_borders(int value, string hex)
    {
        var buffer = new PacketBuffer();
        buffer.VariableInteger(value);
        Assert.Equal(hex, Hex.Text(buffer.WrittenSpan));
        var cursor = new PacketCursor(buffer.Written);
        Assert.Equal(value, cursor.VariableInteger());
        Assert.Equal(MqttFault.None, cursor.End());
    }

    private static ReadOnlyMemory<byte> Body(byte[] bytes)
    {
        Assert.Equal(bytes.Length - 2, bytes[1]);
        return bytes.AsMemory(2);
    }

    private static void AssertWrites(byte[] expected, Action<PacketBuffer> write)
    {
        var target = new PacketBuffer(1);
        write(target);
        Assert.Equal(Hex.Text(expected), Hex.Text(target.WrittenSpan));
    }
}
