using System.Runtime.CompilerServices;
using EdgeAgent.Protocols.Tcp;

namespace EdgeAgent.Protocols.S7;

/// <summary>One connection to a controller. One request at a time: calls must not overlap.</summary>
/// <remarks>After a timeout or an answer that does not fit, the connection is given up: the next request goes over a new one, so
/// that a late answer never answers another request. A read that succeeds allocates nothing.</remarks>
public sealed class S7Client(S7ClientOptions options, TimeProvider time) : IRequestClient
{
    private readonly RequestSocket _socket = new(time);
    private readonly byte[] _sent = new byte[S7Frames.FrameBytesMax];
    private readonly byte[] _received = new byte[S7Frames.FrameBytesMax];
    private ushort _reference;

    public bool IsConnected => _socket.IsConnected;

    public IWireTrace? Trace
    {
        get => _socket.Trace;
        set => _socket.Trace = value;
    }

    /// <summary>Bytes of one message that the controller agreed to; 0 before the first connection.</summary>
    public int PduBytes { get; private set; }

    /// <summary>Connects, selects the module, and agrees on the length of messages. May be called again after a loss.</summary>
    /// <exception cref="RequestConnectException">It did not succeed; the message says at which step.</exception>
    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        const string Foreign = "the device answers, but does not speak S7 communication";
        string step = "no connection";
        _socket.Arm(options.ConnectTimeoutMs);
        try
        {
            await _socket.ConnectAsync(options.Host, options.Port, cancellation).ConfigureAwait(false);
            step = $"the controller does not open a connection for module {Module} (remote TSAP {options.RemoteTsap:X4}). Check rack and slot "
                + "(S7-300: 0/2, S7-1200 and 1500: 0/1, S7-200 SMART: 0/1), and whether all of its connections are taken";
            int length = await ExchangeAsync(S7Frames.WriteConnect(_sent, options.LocalTsap, options.RemoteTsap), cancellation).ConfigureAwait(false);
            if (length < 0 || !S7Frames.IsConnectConfirm(_received.AsSpan(0, length)))
            {
                throw Failure(length < 0 ? Foreign : step, null);
            }

            step = Foreign;
            ushort reference = ++_reference;
            length = await ExchangeAsync(S7Frames.WriteSetup(_sent, reference, (ushort)options.PduBytes), cancellation).ConfigureAwait(false);
            if (length < 0 || !S7Frames.TryReadSetup(_received.AsSpan(0, length), reference, out int pduBytes))
            {
                throw Failure(step, null);
            }

            PduBytes = Math.Min(pduBytes, options.PduBytes);
        }
        catch (Exception e) when (RequestSocket.IsLoss(e))
        {
            throw Failure(step, e);
        }
        catch
        {
            Disconnect();
            throw;
        }
        finally
        {
            _socket.Disarm();
        }
    }

    /// <summary>Reads some runs of bytes in one request.</summary>
    /// <param name="items">At most <see cref="S7Frames.ItemsMax"/>, and no more than fits both messages (<see cref="S7Frames.AnswerBytes"/>).</param>
    /// <param name="data">Gets the bytes of all items one after the other.</param>
    /// <param name="statuses">Gets one status for each item.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<S7ReadResult> ReadAsync(ReadOnlyMemory<S7ReadItem> items, Memory<byte> data, Memory<S7ItemStatus> statuses, CancellationToken cancellation)
    {
        if (!IsConnected)
        {
            return new S7ReadResult(S7ReadStatus.Disconnected);
        }

        ushort reference = ++_reference;
        _socket.Arm(options.ResponseTimeoutMs);
        try
        {
            int length = await ExchangeAsync(S7Frames.WriteRead(_sent, reference, items.Span), cancellation).ConfigureAwait(false);
            if (length > 0 && S7Frames.TryReadData(_received.AsSpan(0, length), reference, items.Span, data.Span, statuses.Span, out ushort error))
            {
                return error == 0 ? new S7ReadResult(S7ReadStatus.Ok) : new S7ReadResult(S7ReadStatus.Refused, error);
            }

            Disconnect();
            return new S7ReadResult(length == 0 ? S7ReadStatus.Disconnected : S7ReadStatus.BadFrame);
        }
        catch (Exception e) when (RequestSocket.IsLoss(e))
        {
            Disconnect();
            return new S7ReadResult(_socket.TimedOut ? S7ReadStatus.Timeout : S7ReadStatus.Disconnected);
        }
        catch (OperationCanceledException)
        {
            // The answer may still come; it must not meet the next request.
            Disconnect();
            throw;
        }
        finally
        {
            _socket.Disarm();
        }
    }

    /// <summary>Reads a system status list; an empty one when it was not told. For commissioning: it allocates.</summary>
    public async ValueTask<S7StatusList> ReadStatusListAsync(ushort list, CancellationToken cancellation)
    {
        var none = new S7StatusList(0, []);
        if (!IsConnected)
        {
            return none;
        }

        ushort reference = ++_reference;
        _socket.Arm(options.ResponseTimeoutMs);
        try
        {
            int length = await ExchangeAsync(S7Frames.WriteStatusList(_sent, reference, list), cancellation).ConfigureAwait(false);
            if (length > 0 && S7Frames.TryReadStatusList(_received.AsSpan(0, length), reference, list, out int recordBytes, out ReadOnlySpan<byte> records))
            {
                return new S7StatusList(recordBytes, records.ToArray());
            }

            Disconnect();
            return none;
        }
        catch (Exception e) when (RequestSocket.IsLoss(e))
        {
            Disconnect();
            return none;
        }
        catch (OperationCanceledException)
        {
            Disconnect();
            throw;
        }
        finally
        {
            _socket.Disarm();
        }
    }

    public void Disconnect() => _socket.Disconnect();

    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    private string Module => $"rack {(options.RemoteTsap & 0xFF) / 32}, slot {options.RemoteTsap & 0x1F}";

    /// <returns>Bytes of the frame received; 0 when the peer closed; -1 when what came is no frame.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ExchangeAsync(int length, CancellationToken cancellation)
    {
        await _socket.SendAsync(_sent.AsMemory(0, length), cancellation).ConfigureAwait(false);
        if (!await _socket.TryReceiveAsync(_received.AsMemory(0, S7Frames.TpktBytes), cancellation).ConfigureAwait(false))
        {
            return 0;
        }

        int wanted = S7Frames.FrameLength(_received);
        return wanted < 0 ? -1
            : await _socket.TryReceiveAsync(_received.AsMemory(S7Frames.TpktBytes, wanted - S7Frames.TpktBytes), cancellation).ConfigureAwait(false) ? wanted : 0;
    }

    private RequestConnectException Failure(string step, Exception? inner)
    {
        Disconnect();
        string what = _socket.TimedOut ? $"no answer within {options.ConnectTimeoutMs} ms" : inner?.Message ?? "the connection was closed";
        return new RequestConnectException($"{options.Host}:{options.Port}: {step} ({what})", inner);
    }
}
