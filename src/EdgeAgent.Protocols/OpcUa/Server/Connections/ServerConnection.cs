using System.Net.Sockets;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>One connection of a client: bytes in, requests out, answers back. All but receiving and sending happens with the core's gate held.</summary>
internal sealed class ServerConnection(Socket socket, ServerCore core)
{
    private static readonly UaTcpLimits OwnLimits = UaTcpLimits.Default;

    private readonly byte[] _received = new byte[OwnLimits.ReceiveBufferBytes];
    private readonly ConnectionOutput _output = new(socket, core.Gate);
    private readonly UaBuffer _fault = new(128);
    private AgreedLimits _limits;
    private int _receivedBytes;
    private bool _isTokenExpired;

    /// <summary>The channel, once the client has opened one.</summary>
    public ServerChannel? Channel { get; private set; }

    /// <summary>The address by which the client asked.</summary>
    public string? EndpointUrl { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        lock (core.Gate)
        {
            core.Connections.Add(this);
        }
        try
        {
            bool isGood = true;
            while (isGood)
            {
                int count = await socket.ReceiveAsync(_received.AsMemory(_receivedBytes), SocketFlags.None, cancellation).ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }
                _receivedBytes += count;
                lock (core.Gate)
                {
                    isGood = TakeFrames();
                    _output.Flush();
                }
            }
            await _output.DrainAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client left, or the server stops.
        }
        finally
        {
            lock (core.Gate)
            {
                core.Connections.Remove(this);
                core.Sessions.Leave(this);
                Channel?.Dispose();
                Channel = null;
                _output.Close();
            }
            socket.Dispose();
        }
    }

    /// <summary>Sends an answer; one larger than the client takes becomes a fault, as the specification demands.</summary>
    /// <param name="ignoresLimits">Sends it nevertheless.</param>
    public void Send(uint requestId, uint requestHandle, ReadOnlySpan<byte> message, bool ignoresLimits = false)
    {
        if (Channel is not { } channel)
        {
            return;
        }
        if (!ignoresLimits && !channel.Fits(message.Length))
        {
            _fault.Clear();
            new ResponseHeader(core.UtcNow, requestHandle, StatusCodes.BadResponseTooLarge).Write(_fault, ServiceIds.ServiceFault);
            message = _fault.WrittenSpan;
        }
        channel.Write(_output.Pending, requestId, message);
        _output.Flush();
    }

    /// <summary>Closes the connection without a word.</summary>
    public void Cut() => socket.Dispose();

    public void SkipSequenceNumber() => Channel?.SkipSequenceNumber();

    public void ExpireToken() => _isTokenExpired = true;

    private bool TakeFrames()
    {
        int start = 0;
        bool isGood = true;
        while (isGood)
        {
            FrameStatus status = UaTcpFrame.Read(_received.AsSpan(start, _receivedBytes - start), _received.Length, out UaTcpFrame frame);
            if (status == FrameStatus.Incomplete)
            {
                break;
            }
            isGood = status == FrameStatus.Complete
                ? Take(frame, _received.AsSpan(start, frame.SizeBytes))
                : Refuse(status == FrameStatus.TypeInvalid ? StatusCodes.BadTcpMessageTypeInvalid : StatusCodes.BadTcpMessageTooLarge);
            start += frame.SizeBytes;
        }
        _received.AsSpan(start, _receivedBytes - start).CopyTo(_received);
        _receivedBytes -= start;
        return isGood;
    }

    private bool Take(UaTcpFrame frame, Span<byte> chunk)
    {
        switch (frame.Type)
        {
            case UaTcpMessageType.Hello when EndpointUrl is null:
                return Acknowledge(chunk);
            case UaTcpMessageType.OpenSecureChannel when EndpointUrl is not null:
                _isTokenExpired = false;
                Channel ??= new ServerChannel(core, _limits);
                StatusCode opened = Channel.Open(chunk, _output.Pending);
                return opened.IsGood || Refuse(opened);
            case UaTcpMessageType.Message when Channel is { IsOpen: true } && _isTokenExpired:
                return Refuse(StatusCodes.BadSecureChannelTokenUnknown);
            case UaTcpMessageType.Message when Channel is { IsOpen: true } channel:
                return TakeMessage(channel, frame, chunk);
            case UaTcpMessageType.CloseSecureChannel:
                return false;
            default:
                return Refuse(StatusCodes.BadTcpMessageTypeInvalid);
        }
    }

    private bool Acknowledge(ReadOnlySpan<byte> message)
    {
        if (!HelloMessage.TryRead(message, out HelloMessage hello))
        {
            return Refuse(StatusCodes.BadDecodingError);
        }
        UaTcpLimits answer = OwnLimits.AnswerTo(hello.Limits);
        if (!OwnLimits.TryAgree(hello.Limits, out _limits))
        {
            return Refuse(StatusCodes.BadTcpNotEnoughResources);
        }
        EndpointUrl = hello.EndpointUrl ?? "";
        new AcknowledgeMessage(answer).Write(_output.Pending);
        return true;
    }

    private bool TakeMessage(ServerChannel channel, UaTcpFrame frame, Span<byte> chunk)
    {
        ChannelFault fault = channel.Read(frame, chunk, out AssemblyStatus status);
        if (fault != ChannelFault.None)
        {
            return Refuse(fault.ToStatus());
        }
        if (status == AssemblyStatus.Complete)
        {
            core.Dispatcher.Handle(this, channel.Incoming.RequestId, channel.Incoming.Message.Span);
        }
        return status != AssemblyStatus.TooLarge || Refuse(StatusCodes.BadRequestTooLarge);
    }

    // The last message before the connection is closed.
    private bool Refuse(StatusCode reason)
    {
        new ErrorMessage(reason, reason.ToString()).Write(_output.Pending);
        return false;
    }
}
