using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Broker;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Tests.Mqtt.Broker;

/// <summary>A client that sends and reads single packets, and does nothing by itself.</summary>
internal sealed class RawClient(PipeReader input, PipeWriter output, MqttVersion version)
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    public MqttVersion Version { get; set; } = version;

    public Task Served { get; set; } = Task.CompletedTask;

    public async Task<ConnAckPacket> ConnectAsync(
        string id, bool cleanStart = true, MqttProperties? properties = null, MqttWill? will = null, ushort keepAliveSeconds = 0,
        string? user = null, string? password = null)
    {
        await SendAsync(new ConnectPacket
        {
            Version = Version,
            ClientId = id,
            CleanStart = cleanStart,
            Properties = properties,
            Will = will,
            WillProperties = will is { DelaySeconds: > 0 } ? new MqttProperties { WillDelaySeconds = will.DelaySeconds } : null,
            KeepAliveSeconds = keepAliveSeconds,
            User = user,
            Password = password == null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(password),
        }.Write);
        (MqttPacketType type, _, byte[] body) = await ReadAsync();
        Assert.Equal(MqttPacketType.ConnAck, type);
        return ConnAckPacket.Read(body, Version, MqttDecodeLimits.Default, out _)!;
    }

    public async Task<IReadOnlyList<MqttReason>> SubscribeAsync(params MqttSubscription[] subscriptions)
    {
        await SendAsync(t => new SubscribePacket { PacketId = 1, Subscriptions = subscriptions }.Write(t, Version));
        (MqttPacketType type, _, byte[] body) = await ReadAsync();
        Assert.Equal(MqttPacketType.SubAck, type);
        return SubAckPacket.Read(type, body, Version, MqttDecodeLimits.Default, out _)!.Reasons;
    }

    public Task PublishAsync(string topic, string payload, MqttQos qos = MqttQos.AtLeastOnce, ushort id = 1, bool retain = false, MqttProperties? properties = null)
    {
        var block = new PacketBuffer();
        if (properties != null)
        {
            MqttPropertyFields.Write(block, properties);
        }
        return SendAsync(t => PublishPacket.Write(t, Version, Encoding.UTF8.GetBytes(topic), block.WrittenSpan, Encoding.UTF8.GetBytes(payload), qos, retain, false, qos == 0 ? (ushort)0 : id));
    }

    public Task AckAsync(MqttPacketType type, ushort id) => SendAsync(t => new AckPacket(type, id, MqttReason.Success).Write(t, Version));

    public async Task<PublishPacket> ReadPublishAsync()
    {
        (MqttPacketType type, int flags, byte[] body) = await ReadAsync();
        Assert.Equal(MqttPacketType.Publish, type);
        Assert.True(PublishPacket.TryRead(flags, body, Version, out PublishPacket packet, out _));
        return packet;
    }

    /// <summary>The payload of the next message, which is acknowledged when it has QoS 1.</summary>
    public async Task<string> ReadPayloadAsync()
    {
        PublishPacket packet = await ReadPublishAsync();
        if (packet.Qos == MqttQos.AtLeastOnce)
        {
            await AckAsync(MqttPacketType.PubAck, packet.PacketId);
        }
        return Encoding.UTF8.GetString(packet.Payload.Span);
    }

    public async Task<AckPacket> ReadAckAsync(MqttPacketType expected)
    {
        (MqttPacketType type, _, byte[] body) = await ReadAsync();
        Assert.Equal(expected, type);
        Assert.True(AckPacket.TryRead(type, body, Version, out AckPacket packet, out _));
        return packet;
    }

    public async Task<MqttReason> ReadDisconnectAsync()
    {
        (MqttPacketType type, _, byte[] body) = await ReadAsync();
        Assert.Equal(MqttPacketType.Disconnect, type);
        return DisconnectPacket.Read(type, body, Version, MqttDecodeLimits.Default, out _)!.Reason;
    }

    /// <summary>Waits until the broker has processed everything sent before.</summary>
    public async Task PingAsync()
    {
        await SendAsync(PingPacket.WriteRequest);
        Assert.Equal(MqttPacketType.PingResp, (await ReadAsync()).Type);
    }

    public async Task SendAsync(Action<PacketBuffer> write)
    {
        var target = new PacketBuffer();
        write(target);
        await output.WriteAsync(target.Written.ToArray());
    }

    public async Task<(MqttPacketType Type, int Flags, byte[] Body)> ReadAsync()
    {
        while (true)
        {
            ReadResult read = await input.ReadAsync().AsTask().WaitAsync(Hang);
            ReadOnlySequence<byte> bytes = read.Buffer;
            if (FrameTaker.TryTake(ref bytes, Version, int.MaxValue, out PacketFrame frame, out ReadOnlyMemory<byte> body, out _))
            {
                input.AdvanceTo(bytes.Start);
                return (frame.Type, frame.Flags, body.ToArray());
            }
            input.AdvanceTo(bytes.Start, bytes.End);
            if (read.IsCompleted)
            {
                throw new EndOfStreamException("the broker closed the connection");
            }
        }
    }

    /// <summary>Goes without a word.</summary>
    public void Drop()
    {
        output.Complete();
        input.Complete();
    }

    public async Task DropAsync()
    {
        Drop();
        await Served.WaitAsync(Hang);
    }
}
