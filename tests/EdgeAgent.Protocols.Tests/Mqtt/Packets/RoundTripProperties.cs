using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Packets;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Protocols.Tests.Mqtt.Packets;

/// <summary>What is written is read back the same, in both versions.</summary>
public sealed class RoundTripProperties
{
    private static readonly MqttDecodeLimits Limits = MqttDecodeLimits.Default;

    private static Gen<string> Text => Gen.Elements("", "a", "gw-01", "温度", "line/1", "\u0001x", "😀");

    private static Gen<string> Topic => Gen.Elements("a", "a/b", "/", "plant/温度/1", "$SYS/x");

    private static Gen<string> Filter => Gen.Elements("#", "+", "a/+/b", "a/#", "$share/hubs/a/#", "x");

    private static Gen<byte[]> Bytes => from size in Gen.Choose(0, 300) from seed in Gen.Choose(0, int.MaxValue - 1) select Random(size, seed);

    private static Gen<MqttVersion> Version => Gen.Elements(MqttVersion.V311, MqttVersion.V5);

    private static Gen<ushort> Id => Gen.Choose(1, 65535).Select(i => (ushort)i);

    [Fact]
    public void Publish() => Prop.ForAll(Arb.From(
        from version in Version
        from topic in Topic
        from payload in Bytes
        from qos in Gen.Choose(0, 2)
        from id in Id
        from flags in Gen.Choose(0, 3)
        from expiry in Gen.Choose(0, 1000)
        select (version, topic, payload, qos: (MqttQos)qos, id, retain: (flags & 1) != 0, dup: (flags & 2) != 0 && qos > 0, expiry)), p =>
    {
        var properties = new PacketBuffer();
        if (p.version == MqttVersion.V5 && p.expiry > 0)
        {
            MqttPropertyFields.Write(properties, new MqttProperties { MessageExpirySeconds = (uint)p.expiry });
        }
        byte[] topic = System.Text.Encoding.UTF8.GetBytes(p.topic);
        var target = new PacketBuffer(1);
        PublishPacket.Write(target, p.version, topic, properties.WrittenSpan, p.payload, p.qos, p.retain, p.dup, p.qos == 0 ? (ushort)0 : p.id);
        return PacketFrame.TryRead(target.WrittenSpan, p.version, int.MaxValue, out PacketFrame frame, out _)
            && frame.Size == target.Length
            && PublishPacket.TryRead(frame.Flags, target.Written[frame.HeaderSize..], p.version, out PublishPacket read, out _)
            && read.Topic.Span.SequenceEqual(topic) && read.Payload.Span.SequenceEqual(p.payload)
            && read.Properties.Span.SequenceEqual(properties.WrittenSpan)
            && (read.Qos, read.Retain, read.Dup) == (p.qos, p.retain, p.dup) && read.PacketId == (p.qos == 0 ? 0 : p.id);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Connect() => Prop.ForAll(Arb.From(
        from version in Version
        from id in Text
        from user in Gen.OneOf(Gen.Constant<string?>(null), Text.Select(t => (string?)t))
        from password in Bytes
        from keepAlive in Gen.Choose(0, 65535)
        from will in Gen.Choose(0, 2)
        from topic in Topic
        from expiry in Gen.Choose(0, 100)
        select new ConnectPacket
        {
            Version = version,
            ClientId = id,
            User = user,
            Password = user == null ? default(ReadOnlyMemory<byte>?) : password,
            KeepAliveSeconds = (ushort)keepAlive,
            CleanStart = keepAlive % 2 == 0,
            Will = will == 0 ? null : new MqttWill(topic, password, (MqttQos)will, keepAlive % 3 == 0),
            WillProperties = will == 2 && version == MqttVersion.V5 ? new MqttProperties { WillDelaySeconds = (uint)expiry } : null,
            Properties = version == MqttVersion.V5 ? new MqttProperties { SessionExpirySeconds = (uint)expiry, UserProperties = [new(id, topic)] } : null,
        }), packet => Stable(target => packet.Write(target), body => ConnectPacket.Read(body, Limits, out _)!.Write)).QuickCheckThrowOnFailure();

    [Fact]
    public void Subscribe_and_unsubscribe() => Prop.ForAll(Arb.From(
        from version in Version
        from id in Id
        from filters in Filter.ListOf(3)
        from qos in Gen.Choose(0, 2)
        from options in Gen.Choose(0, 5)
        select (version, id, filters, qos, options)), p =>
    {
        bool v5 = p.version == MqttVersion.V5;
        MqttSubscription[] subscriptions = [.. p.filters.Select(f => new MqttSubscription(f, (MqttQos)p.qos)
        {
            NoLocal = v5 && p.options % 2 == 1 && !f.StartsWith('$'),
            RetainAsPublished = v5 && p.options > 2,
            RetainHandling = v5 ? (MqttRetainHandling)(p.options % 3) : 0,
        })];
        var subscribe = new SubscribePacket { PacketId = p.id, Subscriptions = subscriptions };
        var unsubscribe = new UnsubscribePacket { PacketId = p.id, Filters = [.. p.filters] };
        return Stable(t => subscribe.Write(t, p.version), body =>
            {
                SubscribePacket read = SubscribePacket.Read(body, p.version, Limits, out _)!;
                Assert.Equal(subscriptions, read.Subscriptions);
                return t => read.Write(t, p.version);
            })
            && Stable(t => unsubscribe.Write(t, p.version), body =>
            {
                UnsubscribePacket read = UnsubscribePacket.Read(body, p.version, Limits, out _)!;
                Assert.Equal(p.filters, read.Filters);
                return t => read.Write(t, p.version);
            });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_property_in_every_packet_that_may_carry_it()
    {
        foreach (MqttPacketType packet in Enum.GetValues<MqttPacketType>())
        {
            foreach (MqttPropertyId id in Enum.GetValues<MqttPropertyId>().Where(i => MqttPropertyRules.IsAllowed(i, packet)))
            {
                var block = new PacketBuffer();
                // Authentication data needs a method beside it.
                if (id == MqttPropertyId.AuthenticationData)
                {
                    MqttPropertyFields.Copy(block, new MqttProperty(MqttPropertyId.AuthenticationMethod, 0, "m"u8.ToArray(), default));
                }
                MqttPropertyFields.Copy(block, new MqttProperty(id, 1, "x"u8.ToArray(), "y"u8.ToArray()));
                MqttProperties? read = MqttProperties.Parse(block.Written, packet, Limits, out MqttFault fault);
                Assert.True(fault == MqttFault.None, $"{id} in {packet}: {fault}");
                var again = new PacketBuffer();
                MqttPropertyFields.Write(again, read!);
                Assert.Equal(Hex.Text(block.WrittenSpan), Hex.Text(again.WrittenSpan));
            }
        }
    }

    private static bool Stable(Action<PacketBuffer> write, Func<ReadOnlyMemory<byte>, Action<PacketBuffer>> read)
    {
        var first = new PacketBuffer(1);
        write(first);
        if (!PacketFrame.TryRead(first.WrittenSpan, MqttVersion.V5, int.MaxValue, out PacketFrame frame, out _) || frame.Size != first.Length)
        {
            return false;
        }
        var second = new PacketBuffer(1);
        read(first.Written[frame.HeaderSize..])(second);
        return first.WrittenSpan.SequenceEqual(second.WrittenSpan);
    }

    private static byte[] Random(int size, int seed)
    {
        byte[] bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
