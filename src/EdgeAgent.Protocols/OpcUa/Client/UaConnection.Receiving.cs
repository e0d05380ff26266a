using EdgeAgent.Protocols.OpcUa.Channels;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.OpcUa.Transport;

namespace EdgeAgent.Protocols.OpcUa.Client;

internal sealed partial class UaConnection
{
    private readonly UaReceiveBuffer _buffer;
    private long _lastHeard;

    // The thread that is taking responses right now: what it asks meanwhile is sent together, when it has taken them all.
    private int _dispatching;

    private async Task ReceiveAsync()
    {
        try
        {
            int chunkBytes = 0;
            while (true)
            {
                int count = await _link.ReceiveAsync(_buffer.Room(chunkBytes)).ConfigureAwait(false);
                if (count == 0)
                {
                    Close(StatusCodes.BadConnectionClosed, "the server closed the connection");
                    return;
                }
                _counters.BytesReceived += count;
                _buffer.Received(count);
                Volatile.Write(ref _lastHeard, _time.GetTimestamp());
                _dispatching = Environment.CurrentManagedThreadId;
                bool goesOn = TakeFrames(out chunkBytes);
                _dispatching = 0;
                FlushUnlessDispatching();
                if (!goesOn)
                {
                    return;
                }
            }
        }
        catch (Exception failure)
        {
            // Sockets fail in many ways; every one of them is the end of this connection and of nothing else.
            Close(StatusCodes.BadConnectionClosed, $"the connection broke ({failure.Message})");
        }
        finally
        {
            _dispatching = 0;
            lock (_gate)
            {
                _channel.Dispose();
            }
            _ended.TrySetResult();
        }
    }

    /// <summary>Takes every whole chunk; false when the connection has come to its end.</summary>
    private bool TakeFrames(out int chunkBytes)
    {
        while (true)
        {
            FrameStatus status = UaTcpFrame.Read(_buffer.Unread, _limits.ReceiveChunkBytesMax, out UaTcpFrame frame);
            chunkBytes = frame.SizeBytes;
            if (status == FrameStatus.Incomplete)
            {
                return !IsClosed;
            }
            if (status != FrameStatus.Complete)
            {
                Close(
                    status == FrameStatus.SizeInvalid ? StatusCodes.BadTcpMessageTooLarge : StatusCodes.BadTcpMessageTypeInvalid,
                    "what the server sent is no OPC UA message of an agreed size");
                return false;
            }
            TakeFrame(frame, _buffer.Take(frame.SizeBytes));
            if (IsClosed)
            {
                return false;
            }
        }
    }

    private void TakeFrame(in UaTcpFrame frame, Span<byte> chunk)
    {
        switch (frame.Type)
        {
            case UaTcpMessageType.Message:
                TakeChunk(frame, chunk);
                break;
            case UaTcpMessageType.OpenSecureChannel:
                TakeRenewal(chunk);
                break;
            case UaTcpMessageType.Error when ErrorMessage.TryRead(chunk, out ErrorMessage error):
                Close(error.Error, $"the server ended the connection: {error.Error} {error.Reason}".TrimEnd());
                break;
            case UaTcpMessageType.CloseSecureChannel:
                Close(StatusCodes.BadSecureChannelClosed, "the server closed the channel");
                break;
            default:
                Close(StatusCodes.BadTcpMessageTypeInvalid, $"the server sent a message of type {frame.Type} that has no place here");
                break;
        }
    }

    private void TakeChunk(in UaTcpFrame frame, Span<byte> chunk)
    {
        ChannelFault fault = _channel.Read(frame, chunk, out AssemblyStatus status, out uint requestId, out ReadOnlySpan<byte> message);
        if (fault != ChannelFault.None)
        {
            Close(fault.ToStatus(), $"a message from the server was refused: {fault}");
        }
        else if (status != AssemblyStatus.Incomplete)
        {
            Answer(requestId, status, message);
        }
    }

    private void Answer(uint requestId, AssemblyStatus status, ReadOnlySpan<byte> message)
    {
        if (Take(requestId) is not { } call)
        {
            _counters.LateResponses++;
            return;
        }
        _counters.Responses++;
        StatusCode result = status switch
        {
            AssemblyStatus.Complete => Read(call.Exchange!, message),
            AssemblyStatus.Aborted => _channel.Incoming.Abort.Error is { IsBad: true } reason ? reason : StatusCodes.BadUnknownResponse,
            _ => StatusCodes.BadResponseTooLarge,
        };
        _trace?.Received(ServiceNames.Of(message), result, message.Length);
        call.Complete(result);
        if (HasActiveSession && MeansSessionIsGone(result))
        {
            Close(result, $"the server no longer knows the session: {result}");
        }
    }

    private static StatusCode Read(IUaExchange exchange, ReadOnlySpan<byte> message)
    {
        try
        {
            return exchange.ReadResponse(message);
        }
        catch (Exception)
        {
            // A decoder of ours must not throw; if one does, it costs its own call and not the connection of all others.
            return StatusCodes.BadInternalError;
        }
    }

    private static bool MeansSessionIsGone(StatusCode status) =>
        status.Code.Value is StatusCodes.BadSessionIdInvalid or StatusCodes.BadSessionClosed or StatusCodes.BadSessionNotActivated;
}
