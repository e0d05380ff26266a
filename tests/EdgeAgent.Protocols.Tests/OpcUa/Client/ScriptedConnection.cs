using System.Security.Cryptography;
using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Security;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Services.Attributes;
using EdgeAgent.Protocols.OpcUa.Services.Discovery;
using EdgeAgent.Protocols.OpcUa.Services.Sessions;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.Tests.OpcUa.Client;

/// <summary>One connection of a <see cref="ScriptedServer"/>.</summary>
internal sealed class ScriptedConnection : IDisposable
{
    private readonly ScriptedServer _server;
    private readonly UaBuffer _received = new();
    private PeerCertificate? _client;
    private SecureChannel? _channel;
    private AgreedLimits _limits;
    private uint _token;

    public ScriptedConnection(ScriptedServer server)
    {
        _server = server;
        Link = new MemoryLink(Take) { PieceBytesMax = server.PieceBytesMax };
    }

    public MemoryLink Link { get; }

    public SecureChannel Channel => _channel!;

    public int Renewals { get; private set; }

    /// <summary>The id and the service of the last request that got no answer.</summary>
    public (uint RequestId, uint Handle) Unanswered { get; private set; }

    /// <summary>The secret name that the last request came with.</summary>
    public NodeId AuthenticationToken { get; private set; }

    public void Dispose()
    {
        _channel?.Dispose();
        _client?.Dispose();
    }

    /// <summary>Sends a message of any kind on the channel.</summary>
    public void Send(uint requestId, Action<UaBuffer> write)
    {
        var message = new UaBuffer();
        write(message);
        var chunks = new UaBuffer();
        Assert.Equal(ChannelFault.None, _channel!.Write(chunks, UaTcpMessageType.Message, requestId, message.WrittenSpan));
        Link.ToClient(chunks.Written.ToArray());
    }

    /// <summary>A good answer to a Read: each value is the number of its place.</summary>
    public void AnswerRead(uint requestId, uint handle, int count)
    {
        DataValue[] values = [.. Enumerable.Range(0, count).Select(i => new DataValue(Variant.From(i)))];
        Send(requestId, target => ReadResponse.Write(target, new ResponseHeader(default, handle, StatusCodes.Good), values));
    }

    private void Take(byte[] bytes)
    {
        if (_server.IsSilent)
        {
            return;
        }
        _received.WriteRaw(bytes);
        while (UaTcpFrame.Read(_received.WrittenSpan, 1 << 20, out UaTcpFrame frame) == FrameStatus.Complete)
        {
            byte[] chunk = _received.WrittenSpan[..frame.SizeBytes].ToArray();
            byte[] rest = _received.WrittenSpan[frame.SizeBytes..].ToArray();
            _received.Clear();
            _received.WriteRaw(rest);
            TakeFrame(frame, chunk);
        }
    }

    private void TakeFrame(UaTcpFrame frame, byte[] chunk)
    {
        switch (frame.Type)
        {
            case UaTcpMessageType.Hello:
                Assert.True(HelloMessage.TryRead(chunk, out HelloMessage hello));
                UaTcpLimits own = UaTcpLimits.Default.AnswerTo(hello.Limits);
                Assert.True(own.TryAgree(hello.Limits, out _limits));
                var acknowledge = new UaBuffer();
                new AcknowledgeMessage(own).Write(acknowledge);
                Link.ToClient(acknowledge.Written.ToArray());
                break;
            case UaTcpMessageType.OpenSecureChannel:
                Open(chunk);
                break;
            case UaTcpMessageType.Message:
                Assert.Equal(ChannelFault.None, _channel!.Read(frame, chunk, out AssemblyStatus status));
                if (status == AssemblyStatus.Complete)
                {
                    Answer(_channel.Incoming.RequestId, _channel.Incoming.Message.ToArray());
                }
                break;
        }
    }

    private void Open(byte[] chunk)
    {
        Assert.True(AsymmetricChunk.TryReadHead(chunk, out _, out string? uri, out byte[]? certificate));
        Assert.True(SecurityPolicy.TryFind(uri, out SecurityPolicy policy));
        if (_channel is null)
        {
            if (!policy.IsNone)
            {
                Assert.True(PeerCertificate.TryRead(certificate, out _client));
            }
            var mode = policy.IsNone ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt;
            _channel = new SecureChannel(ChannelSide.Server, policy, mode, _server.Own, _client, _limits, _server.Time);
        }
        Assert.Equal(ChannelFault.None, _channel.ReadOpen(chunk, out uint requestId, out ReadOnlySpan<byte> message));
        Assert.Equal(UaFault.None, OpenSecureChannelRequest.TryRead(message, out OpenSecureChannelRequest request));
        StatusCode result = request.IsRenewal ? _server.RenewalResult : StatusCodes.Good;
        Renewals += request.IsRenewal ? 1 : 0;
        if (request.IsRenewal && _server.Swallowed.Contains(ServiceIds.OpenSecureChannelRequest))
        {
            return;
        }
        byte[] nonce = RandomNumberGenerator.GetBytes(policy.NonceBytes);
        var response = new UaBuffer();
        new OpenSecureChannelResponse(new ResponseHeader(default, request.Header.RequestHandle, result), 5, ++_token, default, request.LifetimeMs, nonce).Write(response);
        if (!result.IsBad)
        {
            _channel.Install(5, _token, TimeSpan.FromMilliseconds(request.LifetimeMs), request.ClientNonce, nonce);
        }
        var target = new UaBuffer();
        _channel.WriteOpen(target, requestId, response.WrittenSpan);
        Link.ToClient(target.Written.ToArray());
    }

    private void Answer(uint requestId, byte[] message)
    {
        var reader = new UaReader(message, UaDecodeLimits.Default);
        uint service = reader.ReadNodeId().Number;
        AuthenticationToken = reader.ReadNodeId();
        reader.ReadDateTime();
        uint handle = reader.ReadUInt32();
        _server.Asked?.Invoke(service);
        if (_server.Swallowed.Contains(service))
        {
            Unanswered = (requestId, handle);
            return;
        }
        var good = new ResponseHeader(default, handle, StatusCodes.Good);
        bool isKnown = _server.Sessions.Contains(AuthenticationToken);
        switch (service)
        {
            case ServiceIds.GetEndpointsRequest:
                Send(requestId, target => new GetEndpointsResponse(good, _server.Endpoints).Write(target));
                break;
            case ServiceIds.CreateSessionRequest:
                CreateSession(requestId, handle, message);
                break;
            case ServiceIds.ActivateSessionRequest when isKnown:
                Send(requestId, target => new ActivateSessionResponse(good, _server.Nonce()).Write(target));
                break;
            case ServiceIds.CloseSessionRequest when isKnown:
                _server.Sessions.Remove(AuthenticationToken);
                Send(requestId, target => new CloseSessionResponse(good).Write(target));
                break;
            case ServiceIds.ReadRequest when isKnown:
                Assert.Equal(UaFault.None, ReadRequest.TryRead(message, out ReadRequest read));
                AnswerReading(requestId, handle, read);
                break;
            default:
                Send(requestId, target => new ResponseHeader(default, handle, StatusCodes.BadSessionIdInvalid).Write(target, ServiceIds.ServiceFault));
                break;
        }
    }

    private void AnswerReading(uint requestId, uint handle, ReadRequest read)
    {
        if (read.Targets[0].NodeId == new NodeId(2255))
        {
            DataValue[] facts = [new(Variant.FromArray<string>(["http://opcfoundation.org/UA/", "urn:server"])),
                .. Enumerable.Repeat(new DataValue(default, StatusCodes.BadNodeIdUnknown), read.Targets.Count - 1)];
            Send(requestId, target => ReadResponse.Write(target, new ResponseHeader(default, handle, StatusCodes.Good), facts));
            return;
        }
        AnswerRead(requestId, handle, read.Targets.Count);
    }

    private void CreateSession(uint requestId, uint handle, byte[] message)
    {
        Assert.Equal(UaFault.None, CreateSessionRequest.TryRead(message, out CreateSessionRequest request));
        var token = new NodeId(1, (uint)++_server.SessionsCreated + 1000);
        _server.Sessions.Add(token);
        bool isOpen = _channel!.Policy.IsNone;
        SignatureData signature = isOpen ? default : SessionSignature.Create(_channel.Policy, _server.Own, request.ClientCertificate, request.ClientNonce);
        var response = new CreateSessionResponse(
            new ResponseHeader(default, handle, StatusCodes.Good), new NodeId(1, 7), token, request.TimeoutMs, _server.Nonce(), isOpen ? null : _server.Own.Der, _server.Endpoints, signature, 0);
        response = _server.Created(response);
        Send(requestId, target => response.Write(target));
    }
}
