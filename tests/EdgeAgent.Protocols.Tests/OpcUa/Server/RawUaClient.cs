using System.Net;
using System.Net.Sockets;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Sessions;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.Tests.OpcUa.Server;

/// <summary>A client without security that sends one message and reads one, so that a test sees what the server really does.</summary>
internal sealed class RawUaClient : IDisposable
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[1 << 20];
    private readonly SecureChannel _channel;
    private int _count;
    private uint _lastRequestId;

    private RawUaClient(int port, TimeProvider time)
    {
        _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        _socket.ReceiveTimeout = (int)HangLimit.TotalMilliseconds;
        var hello = new UaBuffer();
        new HelloMessage(UaTcpLimits.Default, $"opc.tcp://127.0.0.1:{port}").Write(hello);
        _socket.Send(hello.WrittenSpan);
        (UaTcpFrame frame, byte[] bytes) = ReceiveFrame();
        Assert.Equal(UaTcpMessageType.Acknowledge, frame.Type);
        Assert.True(AcknowledgeMessage.TryRead(bytes, out AcknowledgeMessage acknowledge));
        Assert.True(UaTcpLimits.Default.TryAgree(acknowledge.Limits, out AgreedLimits limits));
        _channel = new SecureChannel(ChannelSide.Client, SecurityPolicy.None, MessageSecurityMode.None, null, null, limits, time);
        var handshake = new ClientHandshake(_channel);
        var open = new UaBuffer();
        handshake.WriteRequest(open, ++_lastRequestId, new RequestHeader(default, default, 1, 0), TimeSpan.FromHours(1));
        _socket.Send(open.WrittenSpan);
        Assert.Equal(ChannelFault.None, handshake.ReadResponse(ReceiveFrame().Bytes));
    }

    /// <summary>The session's secret name.</summary>
    public NodeId Token { get; set; }

    public RequestHeader Header => new(Token, default, 7, 0);

    /// <summary>Connects and opens a channel.</summary>
    public static RawUaClient Open(int port, TimeProvider time) => new(port, time);

    /// <summary>Connects, opens a channel and activates a session.</summary>
    public static RawUaClient Start(int port, TimeProvider time, double timeoutMs = 60_000)
    {
        RawUaClient client = Open(port, time);
        client.Create(timeoutMs);
        Assert.Equal(StatusCodes.Good, client.Activate().Value);
        return client;
    }

    public void Create(double timeoutMs)
    {
        var application = new ApplicationDescription("urn:test", null, default, ApplicationType.Client, null, null, null);
        byte[] answer = Call(new CreateSessionRequest(Header, application, null, null, "test", null, null, timeoutMs, 0).Write);
        Assert.Equal(UaFault.None, CreateSessionResponse.TryRead(answer, out CreateSessionResponse response));
        Assert.Equal(StatusCodes.Good, response.Header.Result.Value);
        Token = response.AuthenticationToken;
    }

    public StatusCode Activate()
    {
        byte[] answer = Call(new ActivateSessionRequest(Header, default, null, AnonymousIdentity.Token("anonymous"), default).Write);
        Assert.Equal(UaFault.None, ActivateSessionResponse.TryRead(answer, out ActivateSessionResponse response));
        return response.Header.Result;
    }

    /// <summary>Sends a request and waits for its response.</summary>
    public byte[] Call(Action<UaBuffer> write)
    {
        Send(write);
        return Receive();
    }

    public void Send(Action<UaBuffer> write)
    {
        var message = new UaBuffer();
        write(message);
        var chunks = new UaBuffer();
        Assert.Equal(ChannelFault.None, _channel.Write(chunks, UaTcpMessageType.Message, ++_lastRequestId, message.WrittenSpan));
        _socket.Send(chunks.WrittenSpan);
    }

    /// <summary>The next message, or what is wrong with it.</summary>
    public byte[] Receive()
    {
        Assert.Equal(ChannelFault.None, TryReceive(out byte[] message));
        return message;
    }

    public ChannelFault TryReceive(out byte[] message)
    {
        message = [];
        while (true)
        {
            (UaTcpFrame frame, byte[] bytes) = ReceiveFrame();
            Assert.Equal(UaTcpMessageType.Message, frame.Type);
            ChannelFault fault = _channel.Read(frame, bytes, out AssemblyStatus status);
            if (fault != ChannelFault.None || status != AssemblyStatus.Incomplete)
            {
                message = _channel.Incoming.Message.ToArray();
                return fault;
            }
        }
    }

    /// <summary>The reason that the server gives before it hangs up.</summary>
    public StatusCode ReceiveError()
    {
        (UaTcpFrame frame, byte[] bytes) = ReceiveFrame();
        Assert.Equal(UaTcpMessageType.Error, frame.Type);
        Assert.True(ErrorMessage.TryRead(bytes, out ErrorMessage error));
        return error.Error;
    }

    /// <summary>Waits until the server has closed the connection.</summary>
    public void WaitClosed()
    {
        try
        {
            Assert.Equal(0, _socket.Receive(_received));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Closed with something unread.
        }
    }

    public bool HasArrived => _count > 0 || _socket.Available > 0;

    public static StatusCode ResultOf(byte[] message)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        NodeId type = reader.ReadNodeId();
        var again = new UaReader(message, UaDecodeLimits.Default);
        return ResponseHeader.Read(ref again, type.Number).Result;
    }

    public void Dispose()
    {
        _channel.Dispose();
        _socket.Dispose();
    }

    private (UaTcpFrame Frame, byte[] Bytes) ReceiveFrame()
    {
        while (true)
        {
            if (UaTcpFrame.Read(_received.AsSpan(0, _count), _received.Length, out UaTcpFrame frame) == FrameStatus.Complete)
            {
                byte[] bytes = _received[..frame.SizeBytes];
                _received.AsSpan(frame.SizeBytes, _count - frame.SizeBytes).CopyTo(_received);
                _count -= frame.SizeBytes;
                return (frame, bytes);
            }
            int count = _socket.Receive(_received.AsSpan(_count));
            Assert.True(count > 0, "the server closed the connection");
            _count += count;
        }
    }
}
