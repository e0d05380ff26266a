using System.Runtime.CompilerServices;
using EdgeAgent.Protocols.Tcp;

namespace EdgeAgent.Protocols.Melsec;

/// <summary>One connection to a controller. One request at a time: calls must not overlap.</summary>
/// <remarks>MC frames carry nothing that tells one answer from another, so a timeout, a cancelled request or an answer that does not fit costs the
/// connection. A read that succeeds allocates nothing.</remarks>
public sealed class MelsecClient(MelsecClientOptions options, TimeProvider time) : IRequestClient
{
    private readonly RequestSocket _socket = new(time);
    private readonly byte[] _request = new byte[MelsecFrames.RequestBytesMax];
    private readonly byte[] _header = new byte[MelsecFrames.HeaderBytes3E];
    private readonly byte[] _body = new byte[MelsecFrames.BodyBytesMax];

    public bool IsConnected => _socket.IsConnected;

    public IWireTrace? Trace
    {
        get => _socket.Trace;
        set => _socket.Trace = value;
    }

    /// <exception cref="RequestConnectException">It did not succeed.</exception>
    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        _socket.Arm(options.ConnectTimeoutMs);
        try
        {
            await _socket.ConnectAsync(options.Host, options.Port, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (RequestSocket.IsLoss(e))
        {
            Disconnect();
            string what = _socket.TimedOut ? $"no answer within {options.ConnectTimeoutMs} ms" : e.Message;
            throw new RequestConnectException(
                $"{options.Host}:{options.Port}: no connection ({what}). Check that the controller's Ethernet settings open this port for MC protocol (SLMP) over TCP in binary, and that no other program holds it: each opened port takes one connection", e);
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

    /// <summary>Reads a run of words.</summary>
    /// <param name="words">Gets two bytes for each word, the low one first.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<MelsecResult> ReadAsync(MelsecRun run, Memory<byte> words, CancellationToken cancellation)
    {
        if (!IsConnected)
        {
            return new MelsecResult(MelsecStatus.Disconnected);
        }

        _socket.Arm(options.ResponseTimeoutMs);
        try
        {
            MelsecResult result = await ExchangeAsync(run, words, cancellation).ConfigureAwait(false);
            if (result.Status is MelsecStatus.BadFrame or MelsecStatus.Disconnected)
            {
                Disconnect();
            }

            return result;
        }
        catch (Exception e) when (RequestSocket.IsLoss(e))
        {
            Disconnect();
            return new MelsecResult(_socket.TimedOut ? MelsecStatus.Timeout : MelsecStatus.Disconnected);
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

    /// <summary>Reads name and code of the CPU module; null when it was not told. For commissioning: it allocates.</summary>
    public async ValueTask<(string Name, ushort Code)?> ReadModelAsync(CancellationToken cancellation)
    {
        if (!IsConnected || options.Frame != MelsecFrameKind.E3)
        {
            return null;
        }

        _socket.Arm(options.ResponseTimeoutMs);
        try
        {
            await _socket.SendAsync(_request.AsMemory(0, MelsecFrames.WriteReadModel(_request, options)), cancellation).ConfigureAwait(false);
            Memory<byte> header = _header.AsMemory(0, MelsecFrames.HeaderBytes3E);
            if (await _socket.TryReceiveAsync(header, cancellation).ConfigureAwait(false) && MelsecFrames.BodyLength3E(header.Span, options) is >= 0 and var length
                && await _socket.TryReceiveAsync(_body.AsMemory(0, length), cancellation).ConfigureAwait(false))
            {
                return MelsecFrames.TryReadModel(_body.AsSpan(0, length), out string name, out ushort code) ? (name, code) : null;
            }

            Disconnect();
            return null;
        }
        catch (Exception e) when (RequestSocket.IsLoss(e))
        {
            Disconnect();
            return null;
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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<MelsecResult> ExchangeAsync(MelsecRun run, Memory<byte> words, CancellationToken cancellation)
    {
        bool is3E = options.Frame == MelsecFrameKind.E3;
        await _socket.SendAsync(_request.AsMemory(0, MelsecFrames.WriteRead(_request, options, run)), cancellation).ConfigureAwait(false);
        Memory<byte> header = _header.AsMemory(0, is3E ? MelsecFrames.HeaderBytes3E : MelsecFrames.HeaderBytes1E);
        if (!await _socket.TryReceiveAsync(header[..MelsecFrames.SubheaderBytes], cancellation).ConfigureAwait(false))
        {
            return new MelsecResult(MelsecStatus.Disconnected);
        }

        if (is3E && !MelsecFrames.IsAnswer3E(header.Span))
        {
            // A controller that is set to the other kind of frame would never send the rest: said at once, not after a timeout.
            return new MelsecResult(MelsecStatus.BadFrame);
        }

        if (!await _socket.TryReceiveAsync(header[MelsecFrames.SubheaderBytes..], cancellation).ConfigureAwait(false))
        {
            return new MelsecResult(MelsecStatus.Disconnected);
        }

        int length = is3E ? MelsecFrames.BodyLength3E(header.Span, options) : MelsecFrames.BodyLength1E(header.Span, run.Words);
        if (length < 0)
        {
            return new MelsecResult(MelsecStatus.BadFrame);
        }

        Memory<byte> body = _body.AsMemory(0, length);
        if (!await _socket.TryReceiveAsync(body, cancellation).ConfigureAwait(false))
        {
            return new MelsecResult(MelsecStatus.Disconnected);
        }

        bool fits = is3E
            ? MelsecFrames.TryRead3E(body.Span, words.Span, out ushort endCode)
            : MelsecFrames.TryRead1E(header.Span, body.Span, words.Span, out endCode);
        return !fits ? new MelsecResult(MelsecStatus.BadFrame) : new MelsecResult(endCode == 0 ? MelsecStatus.Ok : MelsecStatus.Refused, endCode);
    }
}
