using System.IO.Pipelines;
using System.Threading.Channels;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Broker;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Tests.Mqtt.Client;

/// <summary>A broker that does only what the test says, over streams in memory. Each connection of the client is a <see cref="Link"/>.</summary>
internal sealed class ScriptedBroker : IMqttTransport
{
    private readonly Channel<Link> _links = Channel.CreateUnbounded<Link>();

    /// <summary>Set to make attempts fail before a link exists.</summary>
    public Func<MqttBrokerAddress, Exception?> Refuse { get; set; } = _ => null;

    public List<MqttBrokerAddress> Asked { get; } = [];

    public ValueTask<Stream> ConnectAsync(MqttBrokerAddress broker, CancellationToken cancellationToken)
    {
        lock (Asked)
        {
            Asked.Add(broker);
        }
        if (Refuse(broker) is { } failure)
        {
            return ValueTask.FromException<Stream>(failure);
        }
        var link = new Link();
        _links.Writer.TryWrite(link);
        return new ValueTask<Stream>(link.ClientSide);
    }

    public async Task<Link> NextAsync() => await _links.Reader.ReadAsync().AsTask().WaitAsync(Limits.Hang);

    /// <summary>Waits for a connection, reads CONNECT and answers it.</summary>
    public async Task<Link> WelcomeAsync(MqttProperties? properties = null, bool sessionPresent = false)
    {
        Link link = await NextAsync();
        link.Connect = ConnectPacket.Read((await link.ReadAsync()).Body, MqttDecodeLimits.Default, out _)!;
        await link.Send(target => new ConnAckPacket { Properties = properties, SessionPresent = sessionPresent }.Write(target, link.Connect.Version));
        return link;
    }

    internal static class Limits
    {
        public static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);
    }

    /// <summary>The broker's end of one connection.</summary>
    internal sealed class Link
    {
        private readonly Pipe _toBroker = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
        private readonly Pipe _toClient = new(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false));

        public Link() => ClientSide = new PairStream(_toClient, _toBroker);

        public Stream ClientSide { get; }

        public ConnectPacket Connect { get; set; } = null!;

        private MqttVersion Version => Connect?.Version ?? MqttVersion.V311;

        /// <summary>The next packet from the client.</summary>
        public async Task<(MqttPacketType Type, int Flags, byte[] Body)> ReadAsync()
        {
            while (true)
            {
                ReadResult read = await _toBroker.Reader.ReadAsync().AsTask().WaitAsync(Limits.Hang);
                System.Buffers.ReadOnlySequence<byte> bytes = read.Buffer;
                if (FrameTaker.TryTake(ref bytes, Version, int.MaxValue, out PacketFrame frame, out ReadOnlyMemory<byte> body, out _))
                {
                    _toBroker.Reader.AdvanceTo(bytes.Start);
                    return (frame.Type, frame.Flags, body.ToArray());
                }
                _toBroker.Reader.AdvanceTo(bytes.Start, bytes.End);
                if (read.IsCompleted)
                {
                    throw new EndOfStreamException("the client closed the connection");
                }
            }
        }

        public async Task<PublishPacket> ReadPublishAsync()
        {
            (MqttPacketType type, int flags, byte[] body) = await ReadAsync();
            Assert.Equal(MqttPacketType.Publish, type);
            Assert.True(PublishPacket.TryRead(flags, body, Version, out PublishPacket packet, out _));
            return packet;
        }

        public async Task<AckPacket> ReadAckAsync(MqttPacketType expected)
        {
            (MqttPacketType type, _, byte[] body) = await ReadAsync();
            Assert.Equal(expected, type);
            Assert.True(AckPacket.TryRead(type, body, Version, out AckPacket packet, out _));
            return packet;
        }

        public ValueTask<FlushResult> Send(Action<PacketBuffer> write)
        {
            var target = new PacketBuffer();
            write(target);
            return _toClient.Writer.WriteAsync(target.Written.ToArray());
        }

        public ValueTask<FlushResult> SendAck(MqttPacketType type, ushort packetId, MqttReason reason = MqttReason.Success) =>
            Send(target => new AckPacket(type, packetId, reason).Write(target, Version));

        public ValueTask<FlushResult> SendPublish(string topic, byte[] payload, MqttQos qos, ushort packetId, bool dup = false) =>
            Send(target => PublishPacket.Write(target, Version, System.Text.Encoding.UTF8.GetBytes(topic), default, payload, qos, false, dup, packetId));

        /// <summary>Closes without a word.</summary>
        public void Drop()
        {
            _toClient.Writer.Complete();
            _toBroker.Reader.Complete();
        }

        /// <summary>The client's end. Closing it ends a pending read and write, as closing a socket does.</summary>
        private sealed class PairStream(Pipe incoming, Pipe outgoing) : Stream
        {
            private readonly Stream _reading = incoming.Reader.AsStream();
            private readonly Stream _writing = outgoing.Writer.AsStream();
            private readonly CancellationTokenSource _closed = new();

            public override bool CanRead => true;
            public override bool CanSeek => false;
            public override bool CanWrite => true;
            public override long Length => throw new NotSupportedException();
            public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

            public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
                _reading.ReadAsync(buffer, cancellationToken.CanBeCanceled ? cancellationToken : _closed.Token);

            public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
                _writing.WriteAsync(buffer, cancellationToken.CanBeCanceled ? cancellationToken : _closed.Token);

            public override void Flush()
            {
            }

            public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
            public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
            public override void SetLength(long value) => throw new NotSupportedException();
            public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

            protected override void Dispose(bool disposing)
            {
                _closed.Cancel();
                outgoing.Writer.Complete();
                base.Dispose(disposing);
            }
        }
    }
}
