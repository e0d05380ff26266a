using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Fuzz;

/// <summary>A million damaged MQTT packets: no exception escapes, nothing hangs, no more memory than declared is allocated.</summary>
public sealed class MqttFuzz
{
    private const int Mutations = 1_000_000;
    private const int PacketSizeBytesMax = 64 * 1024;

    // Strings take two bytes a character and an object header each; short user properties are the worst case.
    private const int AllocationFactor = 40;
    private const int AllocationFloorBytes = 4096;

    private static readonly MqttDecodeLimits Limits = new(PacketSizeBytesMax, 256);

    [Fact]
    public void Damaged_packets_are_refused_quietly()
    {
        byte[][] seeds = [.. Seeds()];
        var random = new Random(20251113);
        byte[] buffer = new byte[1024];
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] seed = seeds[random.Next(seeds.Length)];
            int size = Mutate(random, seed, buffer);
            MqttVersion version = random.Next(2) == 0 ? MqttVersion.V311 : MqttVersion.V5;
            long before = GC.GetAllocatedBytesForCurrentThread();
            MqttFault fault = Decode(buffer.AsMemory(0, size), version);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            refused += fault != MqttFault.None ? 1 : 0;
            Assert.True(allocated <= AllocationFloorBytes + (long)AllocationFactor * size,
                $"mutation {i}: {allocated} bytes for {Convert.ToHexString(buffer.AsSpan(0, size))}");
        }
        // If nearly everything passed or nearly nothing did, the mutations would not test the rules.
        Assert.InRange(refused, Mutations / 10, Mutations * 99 / 100);
    }

    [Fact]
    public void A_header_that_claims_much_costs_nothing()
    {
        byte[] huge = [0x30, 0xFF, 0xFF, 0xFF, 0x7F];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(PacketFrame.TryRead(huge, MqttVersion.V5, PacketSizeBytesMax, out _, out MqttFault fault));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(MqttFault.PacketTooLarge, fault);
    }

    private static MqttFault Decode(ReadOnlyMemory<byte> bytes, MqttVersion version)
    {
        if (!PacketFrame.TryRead(bytes.Span, version, PacketSizeBytesMax, out PacketFrame frame, out MqttFault fault))
        {
            return fault == MqttFault.None ? MqttFault.Truncated : fault;
        }
        // The frame may claim more than there is; a decoder is only ever given what is there.
        ReadOnlyMemory<byte> body = bytes.Slice(frame.HeaderSize, Math.Min(frame.BodySize, bytes.Length - frame.HeaderSize));
        switch (frame.Type)
        {
            case MqttPacketType.Connect: ConnectPacket.Read(body, Limits, out fault); break;
            case MqttPacketType.ConnAck: ConnAckPacket.Read(body, version, Limits, out fault); break;
            case MqttPacketType.Publish:
                if (PublishPacket.TryRead(frame.Flags, body, version, out PublishPacket publish, out fault))
                {
                    MqttProperties.Parse(publish.Properties, MqttPacketType.Publish, Limits, out fault);
                }
                break;
            case MqttPacketType.Subscribe: SubscribePacket.Read(body, version, Limits, out fault); break;
            case MqttPacketType.Unsubscribe: UnsubscribePacket.Read(body, version, Limits, out fault); break;
            case MqttPacketType.SubAck or MqttPacketType.UnsubAck: SubAckPacket.Read(frame.Type, body, version, Limits, out fault); break;
            case MqttPacketType.Disconnect or MqttPacketType.Auth: DisconnectPacket.Read(frame.Type, body, version, Limits, out fault); break;
            case MqttPacketType.PingReq or MqttPacketType.PingResp: fault = PingPacket.Check(body); break;
            default: AckPacket.TryRead(frame.Type, body, version, out _, out fault); break;
        }
        return fault;
    }

    private static int Mutate(Random random, byte[] seed, byte[] target)
    {
        seed.CopyTo(target, 0);
        int size = seed.Length;
        for (int count = random.Next(1, 5); count > 0; count--)
        {
            int at = random.Next(size);
            switch (random.Next(6))
            {
                case 0: target[at] = (byte)random.Next(256); break;
                case 1: target[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: size = Math.Max(at, 1); break;
                case 3 when size + 8 <= target.Length:
                    random.NextBytes(target.AsSpan(size, 8));
                    size += random.Next(1, 9);
                    break;
                case 4: target[at] = random.Next(2) == 0 ? (byte)0 : (byte)0xFF; break;
                default:
                    // The same piece twice: repeated properties and entries.
                    int length = Math.Min(random.Next(1, 16), Math.Min(size - at, target.Length - size));
                    target.AsSpan(at, length).CopyTo(target.AsSpan(size));
                    size += length;
                    break;
            }
        }
        // Often the length is put right, so that the damage reaches the fields behind it.
        if (random.Next(2) == 0 && size is > 2 and < 130)
        {
            target[1] = (byte)(size - 2);
        }
        return size;
    }

    private static IEnumerable<byte[]> Seeds()
    {
        var properties = new MqttProperties
        {
            SessionExpirySeconds = 60,
            ReceiveMaximum = 20,
            UserProperties = [new("site", "a"), new("line", "1")],
        };
        var acked = new MqttProperties { ReasonString = "because", UserProperties = [new("k", "v")] };
        foreach (MqttVersion version in (MqttVersion[])[MqttVersion.V311, MqttVersion.V5])
        {
            yield return Bytes(new ConnectPacket
            {
                Version = version,
                ClientId = "gw-01",
                User = "u",
                Password = new byte[] { 1, 2 },
                Will = new MqttWill("state/x", new byte[] { 1 }),
                Properties = properties,
                WillProperties = new MqttProperties { WillDelaySeconds = 5, ContentType = "t" },
            }.Write);
            yield return Bytes(t => new ConnAckPacket { Properties = properties }.Write(t, version));
            yield return Bytes(t => new SubscribePacket { PacketId = 1, Subscriptions = [new("a/+/#"), new("$share/g/b")], Properties = new() { SubscriptionIdentifiers = [300] } }.Write(t, version));
            yield return Bytes(t => new UnsubscribePacket { PacketId = 2, Filters = ["a/#", "b"] }.Write(t, version));
            yield return Bytes(t => new SubAckPacket { Type = MqttPacketType.SubAck, PacketId = 1, Reasons = [MqttReason.Success, MqttReason.UnspecifiedError], Properties = acked }.Write(t, version));
            yield return Bytes(t => new SubAckPacket { Type = MqttPacketType.UnsubAck, PacketId = 1, Reasons = [MqttReason.Success], Properties = acked }.Write(t, version));
            yield return Bytes(t => new DisconnectPacket(MqttPacketType.Disconnect, MqttReason.SessionTakenOver, acked).Write(t, version));
            yield return Bytes(t => new AckPacket(MqttPacketType.PubRel, 7, MqttReason.Success).Write(t, version));
            yield return Bytes(t => new AckPacket(MqttPacketType.PubAck, 7, MqttReason.QuotaExceeded, new byte[] { 0x1F, 0, 1, 0x61 }).Write(t, version));
            var block = new PacketBuffer();
            MqttPropertyFields.Write(block, new MqttProperties { MessageExpirySeconds = 5, ContentType = "x", CorrelationData = [1, 2], UserProperties = [new("a", "b")] });
            byte[] inside = version == MqttVersion.V5 ? block.Written.ToArray() : [];
            yield return Bytes(t => PublishPacket.Write(t, version, "plant/line/1"u8, inside, "payload"u8, MqttQos.AtLeastOnce, true, false, 9));
        }
        yield return Bytes(t => new DisconnectPacket(MqttPacketType.Auth, MqttReason.ContinueAuthentication, new MqttProperties { AuthenticationMethod = "m", AuthenticationData = [1] }).Write(t, MqttVersion.V5));
        yield return Bytes(PingPacket.WriteRequest);
    }

    private static byte[] Bytes(Action<PacketBuffer> write)
    {
        var target = new PacketBuffer();
        write(target);
        return target.Written.ToArray();
    }
}
