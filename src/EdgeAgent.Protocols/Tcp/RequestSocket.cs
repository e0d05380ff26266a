using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace EdgeAgent.Protocols.Tcp;

/// <summary>A TCP connection for protocols that send one request and wait for its answer. Calls must not overlap.</summary>
/// <remarks>The deadline closes the socket, which ends whatever waits on it without an allocation for each request. So a late answer never
/// meets another request: after a timeout there is a new connection or none.</remarks>
internal sealed class RequestSocket : IAsyncDisposable
{
    private readonly ITimer _deadline;
    private Socket? _socket;
    private volatile bool _timedOut;

    public RequestSocket(TimeProvider time) =>
        _deadline = time.CreateTimer(_ => OnDeadline(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public bool IsConnected => _socket is { Connected: true };

    /// <summary>Sees what is sent and received; null when nobody looks.</summary>
    public IWireTrace? Trace { get; set; }

    /// <summary>Whether the last deadline passed.</summary>
    public bool TimedOut => _timedOut;

    /// <summary>Starts the time in which all that follows must be done.</summary>
    public void Arm(int milliseconds)
    {
        _timedOut = false;
        _deadline.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }

    public void Disarm() => _deadline.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Closes what stands and connects anew.</summary>
    /// <exception cref="SocketException">It did not succeed, or the deadline passed.</exception>
    public async ValueTask ConnectAsync(string host, int port, CancellationToken cancellation)
    {
        Disconnect();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket = socket;
        await socket.ConnectAsync(host, port, cancellation).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Socket socket = Socket;
        Trace?.Sent(bytes.Span);
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellation).ConfigureAwait(false)..];
        }
    }

    /// <returns>False when the peer closed before all of it came.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> TryReceiveAsync(Memory<byte> into, CancellationToken cancellation)
    {
        Socket socket = Socket;
        while (into.Length > 0)
        {
            int received = await socket.ReceiveAsync(into, cancellation).ConfigureAwait(false);
            if (received == 0)
            {
                return false;
            }

            Trace?.Received(into.Span[..received]);
            into = into[received..];
        }

        return true;
    }

    public void Disconnect() => Interlocked.Exchange(ref _socket, null)?.Dispose();

    /// <summary>Whether the exception means that the connection broke or was closed by the deadline.</summary>
    public static bool IsLoss(Exception e) => e is SocketException or ObjectDisposedException or IOException;

    public async ValueTask DisposeAsync()
    {
        Disconnect();
        await _deadline.DisposeAsync().ConfigureAwait(false);
    }

    private Socket Socket => _socket ?? throw new ObjectDisposedException(nameof(RequestSocket));

    private void OnDeadline()
    {
        _timedOut = true;
        Disconnect();
    }
}
