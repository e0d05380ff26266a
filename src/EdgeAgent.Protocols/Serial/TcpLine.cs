using System.Net.Sockets;

namespace EdgeAgent.Protocols.Serial;

/// <summary>A line at the other end of a TCP connection, as serial servers offer it.</summary>
internal sealed class TcpLine : ILine
{
    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly byte[] _rubbish = new byte[256];
    private long _lastStamp;
    private volatile bool _closed;

    private TcpLine(Socket socket, string name, TimeProvider time)
    {
        _socket = socket;
        _time = time;
        _lastStamp = time.GetTimestamp();
        Name = name;
    }

    public string Name { get; }

    public bool IsOpen => !_closed;

    public static async ValueTask<ILine> ConnectAsync(TcpPlace place, TimeProvider time, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(place.ConnectTimeoutMs), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(place.Host, place.Port, either.Token).ConfigureAwait(false);
            return new TcpLine(socket, place.ToString(), time);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new LineOpenException($"{place}: no connection within {place.ConnectTimeoutMs} ms");
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new LineOpenException($"{place}: {exception.Message} ({exception.SocketErrorCode})", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, TimeSpan silence, CancellationToken cancellation)
    {
        if (silence - _time.GetElapsedTime(_lastStamp) is { Ticks: > 0 } left)
        {
            await Task.Delay(left, _time, cancellation).ConfigureAwait(false);
        }

        try
        {
            for (var sent = 0; sent < bytes.Length;)
            {
                sent += await _socket.SendAsync(bytes[sent..], SocketFlags.None, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw Broken(exception);
        }

        _lastStamp = _time.GetTimestamp();
        return bytes.Length;
    }

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, TimeSpan timeout, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            var received = await _socket.ReceiveAsync(buffer, SocketFlags.None, either.Token).ConfigureAwait(false);
            _lastStamp = _time.GetTimestamp();
            return received > 0 ? received : throw Broken(null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw Broken(exception);
        }
    }

    public void DiscardInput()
    {
        try
        {
            while (!_closed && _socket.Available > 0 && _socket.Receive(_rubbish) > 0)
            {
                // Until nothing is left.
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The next receive tells.
        }
    }

    public void Close()
    {
        _closed = true;
        _socket.Dispose();
    }

    public void Dispose() => Close();

    private LineBrokenException Broken(Exception? cause)
    {
        var text = _closed ? "closed by this side" : cause?.Message ?? "the other side closed the connection";
        Close();
        return new LineBrokenException($"{Name}: {text}", cause);
    }
}
