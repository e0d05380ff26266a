using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Tests.Mqtt.Client;

/// <summary>A broker over a real socket on a thread of its own that allocates nothing while it serves, so that a client can be measured.</summary>
internal sealed class LoopbackPeer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Thread _thread;
    private readonly byte[] _messages;
    private readonly byte[] _acknowledgements = new byte[64 * 1024];
    private Socket? _client;
    private volatile int _toSend;

    public LoopbackPeer(int payloadSizeBytes)
    {
        var message = new PacketBuffer();
        PublishPacket.Write(message, MqttVersion.V311, "t"u8, default, new byte[payloadSizeBytes], MqttQos.AtLeastOnce, false, false, 1);
        _messages = message.Written.ToArray();
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    public int Port { get; }

    public long Answered { get; private set; }

    /// <summary>Has the peer send so many messages, as the next data from the client arrives.</summary>
    public void Send(int count) => _toSend = count;

    public void Dispose()
    {
        _listener.Dispose();
        _client?.Dispose();
        _thread.Join();
    }

    private void Serve()
    {
        byte[] received = new byte[256 * 1024];
        int end = 0;
        try
        {
            _client = _listener.Accept();
            while (_client.Receive(received.AsSpan(end)) is var count and > 0)
            {
                end += count;
                int start = 0;
                int answers = 0;
                while (PacketFrame.TryRead(received.AsSpan(start, end - start), MqttVersion.V311, int.MaxValue, out PacketFrame frame, out _) && frame.Size <= end - start)
                {
                    answers += Answer(frame, received.AsSpan(start + frame.HeaderSize, frame.BodySize), _acknowledgements.AsSpan(answers));
                    start += frame.Size;
                }
                received.AsSpan(start, end - start).CopyTo(received);
                end -= start;
                _client.Send(_acknowledgements.AsSpan(0, answers));
                for (; _toSend > 0; _toSend--)
                {
                    _client.Send(_messages);
                }
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
        catch (ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private int Answer(PacketFrame frame, ReadOnlySpan<byte> body, Span<byte> target)
    {
        switch (frame.Type)
        {
            case MqttPacketType.Connect:
                ((ReadOnlySpan<byte>)[0x20, 2, 0, 0]).CopyTo(target);
                return 4;
            case MqttPacketType.Publish when frame.Flags != 0:
                Answered++;
                int topic = BinaryPrimitives.ReadUInt16BigEndian(body);
                target[0] = 0x40;
                target[1] = 2;
                body.Slice(2 + topic, 2).CopyTo(target[2..]);
                return 4;
            case MqttPacketType.PingReq:
                ((ReadOnlySpan<byte>)[0xD0, 0]).CopyTo(target);
                return 2;
            default:
                return 0;
        }
    }
}
