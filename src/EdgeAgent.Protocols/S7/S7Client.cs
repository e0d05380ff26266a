using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace EdgeAgent.Protocols.S7;

/// <summary>One connection to a controller. One request at a time: calls must not overlap.</summary>
/// <remarks>After a timeout or an answer that does not fit, the connection is given up: the next request goes over a new one, so
/// that a late answer never answers another request. A read that succeeds allocates nothing.</remarks>
public sealed class S7Client : IAsyncDisposable
{
    private readonly S7ClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _deadline;
    private readonly byte[] _sent = new byte[S7Frames.FrameBytesMax];
    private readonly byte[] _received = new byte[S7Frames.FrameBytesMax];
    private Socket? _socket;
    private volatile bool _timedOut;
    private ushort _reference;

    public S7Client(S7ClientOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _deadline = time.CreateTimer(_ => OnDeadline(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool IsConnected => _socket is { Connected: true };

    /// <summary>Bytes of one message that the controller agreed to; 0 before the first connection.</summary>
    public int PduBytes { get; private set; }

    /// <summary>Connects, selects the module, and agrees on the length of messages. May be called again after a loss.</summary>
    /// <exception cref="S7ConnectException">It did not succeed; the message says at which step.</exception>
    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        Disconnect();
        string address = $"{_options.Host}:{_options.Port}";
        const string Foreign = "the device answers, but does not speak S7 communication";
        string step = "no connection";
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket = socket;
        Arm(_options.ConnectTimeoutMs);
        try
        {
            await socket.ConnectAsync(_options.Host, _options.Port, cancellation).ConfigureAwait(false);
            step = $"the controller does not open a connection for module {Module} (remote TSAP {_options.RemoteTsap:X4}). Check rack and slot (S7-300: 0/2, S7-1200 and 1500: 0/1, S7-200 SMART: 0/1), and whether all of its connections are taken";
            int length = await ExchangeAsync(S7Frames.WriteConnect(_sent, _options.LocalTsap, _options.RemoteTsap), cancellation).ConfigureAwait(false);
            if (length < 0 || !S7Frames.IsConnectConfirm(_received.AsSpan(0, length)))
            {
                throw Failure(address, length < 0 ? Foreign : step, null);
            }

            step = Foreign;
            ushort reference = ++_reference;
            length = await ExchangeAsync(S7Frames.WriteSetup(_sent, reference, (ushort)_options.PduBytes), cancellation).ConfigureAwait(false);
            if (length < 0 || !S7Frames.TryReadSetup(_received.AsSpan(0, length), reference, out int pduBytes))
            {
                throw Failure(address, step, null);
            }

            PduBytes = Math.Min(pduBytes, _options.PduBytes);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            throw Failure(address, step, e);
        }
        catch
        {
            Disconnect();
            throw;
        }
        finally
        {
            Disarm();
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
        Arm(_options.ResponseTimeoutMs);
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
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            Disconnect();
            return new S7ReadResult(_timedOut ? S7ReadStatus.Timeout : S7ReadStatus.Disconnected);
        }
        catch (OperationCanceledException)
        {
            // The answer may still come; it must not meet the next request.
            Disconnect();
            throw;
        }
        finally
        {
            Disarm();
        }
    }

    public void Disconnect()
    {
        Socket? socket = Interlocked.Exchange(ref _socket, null);
        socket?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Disconnect();
        await _deadline.DisposeAsync().ConfigureAwait(false);
    }

    private string Module => $"rack {(_options.RemoteTsap & 0xFF) / 32}, slot {_options.RemoteTsap & 0x1F}";

    /// <returns>Bytes of the frame received; 0 when the peer closed; -1 when what came is no frame.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ExchangeAsync(int length, CancellationToken cancellation)
    {
        Socket socket = _socket ?? throw new ObjectDisposedException(nameof(S7Client));
        for (int sent = 0; sent < length;)
        {
            sent += await socket.SendAsync(_sent.AsMemory(sent, length - sent), cancellation).ConfigureAwait(false);
        }

        int wanted = S7Frames.TpktBytes;
        for (int received = 0; received < wanted;)
        {
            int n = await socket.ReceiveAsync(_received.AsMemory(received, wanted - received), cancellation).ConfigureAwait(false);
            if (n == 0)
            {
                return 0;
            }

            received += n;
            if (received == S7Frames.TpktBytes && wanted == S7Frames.TpktBytes)
            {
                wanted = S7Frames.FrameLength(_received);
                if (wanted < 0)
                {
                    return -1;
                }
            }
        }

        return wanted;
    }

    private S7ConnectException Failure(string address, string step, Exception? inner)
    {
        Disconnect();
        string what = _timedOut ? $"no answer within {_options.ConnectTimeoutMs} ms" : inner?.Message ?? "the connection was closed";
        return new S7ConnectException($"{address}: {step} ({what})", inner);
    }

    private void Arm(int milliseconds)
    {
        _timedOut = false;
        _deadline.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }

    private void Disarm() => _deadline.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Closing the socket ends whatever waits on it, without an allocation for each request.</summary>
    private void OnDeadline()
    {
        _timedOut = true;
        Disconnect();
    }
}
