using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Tests.Mqtt.Packets;

/// <summary>What the standards forbid, one rule a case.</summary>
public sealed class RefusedPacketTests
{
    [Theory]
    [InlineData(MqttVersion.V5, "00 00", nameof(MqttFault.PacketTypeUnknown))]
    [InlineData(MqttVersion.V311, "F0 00", nameof(MqttFault.PacketTypeUnknown))]
    [InlineData(MqttVersion.V5, "11 00", nameof(MqttFault.ReservedFlagsSet))]
    [InlineData(MqttVersion.V5, "60 02", nameof(MqttFault.ReservedFlagsSet))]
    [InlineData(MqttVersion.V5, "80 02", nameof(MqttFault.ReservedFlagsSet))]
    [InlineData(MqttVersion.V5, "C1 00", nameof(MqttFault.ReservedFlagsSet))]
    [InlineData(MqttVersion.V5, "36 10", nameof(MqttFault.QosInvalid))]
    [InlineData(MqttVersion.V5, "38 10", nameof(MqttFault.DupWithQos0))]
    [InlineData(MqttVersion.V5, "30 FFFFFFFF01", nameof(MqttFault.RemainingLengthMalformed))]
    [InlineData(MqttVersion.V5, "30 8000", nameof(MqttFault.RemainingLengthMalformed))]
    [InlineData(MqttVersion.V311, "30 FFFFFF7F", nameof(MqttFault.PacketTooLarge))]
    public void Fixed_headers(MqttVersion version, string hex, string fault)
    {
        Assert.False(PacketFrame.TryRead(Hex.Bytes(hex), version, 1_000_000, out _, out MqttFault found));
        Assert.Equal(fault, found.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("30 FF")]
    [InlineData("30 FFFFFF")]
    public void Fixed_headers_that_are_not_whole_yet_are_no_fault(string hex)
    {
        Assert.False(PacketFrame.TryRead(Hex.Bytes(hex), MqttVersion.V5, int.MaxValue, out _, out MqttFault fault));
        Assert.Equal(MqttFault.None, fault);
    }

    [Fact]
    public void A_padded_length_is_fine_in_3_1_1()
    {
        Assert.True(PacketFrame.TryRead(Hex.Bytes("30 85808000"), MqttVersion.V311, 1000, out PacketFrame frame, out _));
        Assert.Equal(5, frame.BodySize);
    }

    [Theory]
    [InlineData("0004 4D515453 04 02 0000 0000", nameof(MqttFault.ProtocolNameInvalid))]
    [InlineData("0006 4D5149736470 03 02 0000 0000", nameof(MqttFault.ProtocolNameInvalid))]
    [InlineData("0004 4D515454 03 02 0000 0000", nameof(MqttFault.ProtocolVersionUnsupported))]
    [InlineData("0004 4D515454 04 03 0000 0000", nameof(MqttFault.ConnectFlagsInvalid))]
    [InlineData("0004 4D515454 04 08 0000 0000", nameof(MqttFault.ConnectFlagsInvalid))]
    [InlineData("0004 4D515454 04 20 0000 0000", nameof(MqttFault.ConnectFlagsInvalid))]
    [InlineData("0004 4D515454 04 1C 0000 0000 0001 61 0000", nameof(MqttFault.ConnectFlagsInvalid))]
    [InlineData("0004 4D515454 04 40 0000 0000 0000", nameof(MqttFault.ConnectFlagsInvalid))]
    [InlineData("0004 4D515454 04 04 0000 0000 0001 23 0000", nameof(MqttFault.TopicNameInvalid))]
    [InlineData("0004 4D515454 04 02 0000 0001 00", nameof(MqttFault.StringMalformed))]
    [InlineData("0004 4D515454 04 02 0000 0003 EDA080", nameof(MqttFault.StringMalformed))]
    [InlineData("0004 4D515454 04 02 0000 0002 C080", nameof(MqttFault.StringMalformed))]
    [InlineData("0004 4D515454 04 02 0000 0005 61", nameof(MqttFault.Truncated))]
    [InlineData("0004 4D515454 04 02 0000 0001 61 00", nameof(MqttFault.TrailingBytes))]
    [InlineData("0004 4D515454 05 02 0000 03 21 0000 0000", nameof(MqttFault.PropertyValueInvalid))]
    [InlineData("0004 4D515454 05 02 0000 06 21 0001 21 0002 0000", nameof(MqttFault.PropertyRepeated))]
    [InlineData("0004 4D515454 05 02 0000 03 23 0001 0000", nameof(MqttFault.PropertyNotAllowed))]
    [InlineData("0004 4D515454 05 02 0000 02 04 01 0000", nameof(MqttFault.PropertyUnknown))]
    [InlineData("0004 4D515454 05 02 0000 02 17 02 0000", nameof(MqttFault.PropertyValueInvalid))]
    [InlineData("0004 4D515454 05 02 0000 03 16 0000 0000", nameof(MqttFault.PropertyNotAllowed))]
    [InlineData("0004 4D515454 05 02 0000 8000 0000", nameof(MqttFault.VariableIntegerMalformed))]
    [InlineData("0004 4D515454 05 02 0000 FFFFFF7F 0000", nameof(MqttFault.Truncated))]
    public void Connect(string body, string fault)
    {
        Assert.Null(ConnectPacket.Read(Hex.Bytes(body), MqttDecodeLimits.Default, out MqttFault found));
        Assert.Equal(fault, found.ToString());
    }

    [Theory]
    [InlineData(MqttVersion.V311, 0, "0000 21", nameof(MqttFault.TopicNameInvalid))]
    [InlineData(MqttVersion.V311, 0, "0003 612F23", nameof(MqttFault.TopicNameInvalid))]
    [InlineData(MqttVersion.V311, 0, "0001 2B", nameof(MqttFault.TopicNameInvalid))]
    [InlineData(MqttVersion.V311, 0, "0001 FF", nameof(MqttFault.StringMalformed))]
    [InlineData(MqttVersion.V311, 2, "0001 61 0000", nameof(MqttFault.PacketIdZero))]
    [InlineData(MqttVersion.V311, 2, "0001 61 00", nameof(MqttFault.Truncated))]
    [InlineData(MqttVersion.V5, 0, "0000 00", nameof(MqttFault.TopicNameInvalid))]
    [InlineData(MqttVersion.V5, 0, "0001 61 03 23 0000", nameof(MqttFault.PropertyValueInvalid))]
    [InlineData(MqttVersion.V5, 0, "0001 61 02 01 02", nameof(MqttFault.PropertyValueInvalid))]
    [InlineData(MqttVersion.V5, 0, "0001 61 02 0B 00", nameof(MqttFault.PropertyValueInvalid))]
    [InlineData(MqttVersion.V5, 0, "0001 61 03 13 0001", nameof(MqttFault.PropertyNotAllowed))]
    public void Publish(MqttVersion version, int flags, string body, string fault)
    {
        Assert.False(PublishPacket.TryRead(flags, Hex.Bytes(body), version, out _, out MqttFault found));
        Assert.Equal(fault, found.ToString());
    }

    [Theory]
    [InlineData(MqttVersion.V311, "000A", nameof(MqttFault.EntriesMissing))]
    [InlineData(MqttVersion.V311, "0000 0001 61 00", nameof(MqttFault.PacketIdZero))]
    [InlineData(MqttVersion.V311, "000A 0001 61 03", nameof(MqttFault.QosInvalid))]
    [InlineData(MqttVersion.V311, "000A 0001 61 04", nameof(MqttFault.SubscriptionOptionsInvalid))]
    [InlineData(MqttVersion.V5, "000A 00 0001 61 30", nameof(MqttFault.SubscriptionOptionsInvalid))]
    [InlineData(MqttVersion.V5, "000A 00 0001 61 40", nameof(MqttFault.SubscriptionOptionsInvalid))]
    [InlineData(MqttVersion.V5, "000A 00 0000 00", nameof(MqttFault.TopicFilterInvalid))]
    [InlineData(MqttVersion.V5, "000A 00 0003 612F62", nameof(MqttFault.Truncated))]
    public void Subscribe(MqttVersion version, string body, string fault)
    {
        Assert.Null(SubscribePacket.Read(Hex.Bytes(body), version, MqttDecodeLimits.Default, out MqttFault found));
        Assert.Equal(fault, found.ToString());
    }

    [Fact]
    public void No_local_does_not_go_with_a_shared_subscription()
    {
        var target = new PacketBuffer();
        new SubscribePacket { PacketId = 1, Subscriptions = [new("$share/g/a") { NoLocal = true }] }.Write(target, MqttVersion.V5);
        Assert.Null(SubscribePacket.Read(target.Written[2..], MqttVersion.V5, MqttDecodeLimits.Default, out MqttFault fault));
        Assert.Equal(MqttFault.SubscriptionOptionsInvalid, fault);
    }

    [Fact]
    public void More_entries_than_the_limit_are_refused()
    {
        var target = new PacketBuffer();
        MqttSubscription[] many = [.. Enumerable.Range(0, 11).Select(i => new MqttSubscription($"t/{i}"))];
        new SubscribePacket { PacketId = 1, Subscriptions = many }.Write(target, MqttVersion.V311);
        Assert.Null(SubscribePacket.Read(target.Written[2..], MqttVersion.V311, new MqttDecodeLimits(1000, 10), out MqttFault fault));
        Assert.Equal(MqttFault.EntriesTooMany, fault);
    }

    [Theory]
    [InlineData("4002 0000", nameof(MqttFault.PacketIdZero))]
    [InlineData("4003 0001 01", nameof(MqttFault.ReasonUnknown))]
    [InlineData("6203 0001 97", nameof(MqttFault.ReasonUnknown))]
    [InlineData("4004 0001 00 01", nameof(MqttFault.Truncated))]
    [InlineData("4001 00", nameof(MqttFault.Truncated))]
    public void Acknowledgements(string hex, string fault)
    {
        byte[] bytes = Hex.Bytes(hex);
        Assert.False(AckPacket.TryRead((MqttPacketType)(bytes[0] >> 4), bytes.AsMemory(2), MqttVersion.V5, out _, out MqttFault found));
        Assert.Equal(fault, found.ToString());
    }

    [Theory]
    [InlineData("02 00 00", nameof(MqttFault.ReservedFlagsSet))]
    [InlineData("01 87 00", nameof(MqttFault.ReasonUnknown))]
    [InlineData("00 01 00", nameof(MqttFault.ReasonUnknown))]
    public void ConnAck(string body, string fault)
    {
        Assert.Null(ConnAckPacket.Read(Hex.Bytes(body), MqttVersion.V5, MqttDecodeLimits.Default, out MqttFault found));
        Assert.Equal(fault, found.ToString());
    }
}
