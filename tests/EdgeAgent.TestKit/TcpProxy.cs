using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.TestKit;

/// <summary>A TCP proxy on 127.0.0.1 that a test makes misbehave: cut, refuse, freeze, delay, or edit the bytes that pass.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<int, (Socket Client, Socket Server)> _pairs = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _frozen;
    private int _next;

    /// <param name="targetPort">Where to connect on 127.0.0.1 for each accepted connection.</param>
    public TcpProxy(int targetPort)
    {
        TargetPort = targetPort;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(128);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    public int TargetPort { get; set; }

    /// <summary>New connections are closed at once while set.</summary>
    public bool Refuse { get; set; }

    /// <summary>Waits this long before passing each piece on, in both directions.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Called with each piece and its direction; what it returns is sent on (empty: swallowed; more: injected or repeated).</summary>
    public Func<ReadOnlyMemory<byte>, ProxyDirection, ReadOnlyMemory<byte>>? Edit { get; set; }

    public int Connections => _pairs.Count;

    /// <summary>How many connections were ever accepted.</summary>
    public int Accepted => _next;

    /// <summary>Resets every open connection.</summary>
    public void Cut()
    {
        foreach ((Socket client, Socket server) in _pairs.Values)
        {
            Reset(client);
            Reset(server);
        }
    }

    /// <summary>Keeps connections open and passes nothing, as a link that lost its other end does.</summary>
    public void Freeze() => _frozen ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw()
    {
        TaskCompletionSource? frozen = _frozen;
        _frozen = null;
        frozen?.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        Thaw();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }

        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            int number = Interlocked.Increment(ref _next);
            if (Refuse)
            {
                Reset(client);
                continue;
            }

            _ = Task.Run(() => ServeAsync(number, client));
        }
    }

    private async Task ServeAsync(int number, Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, TargetPort, _stop.Token);
            client.NoDelay = server.NoDelay = true;
            _pairs[number] = (client, server);
            await Task.WhenAny(
                PumpAsync(client, server, ProxyDirection.ToServer),
                PumpAsync(server, client, ProxyDirection.ToClient));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
        }
        finally
        {
            _pairs.TryRemove(number, out _);
            Reset(client);
            Reset(server);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, ProxyDirection direction)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                int read = await from.ReceiveAsync(buffer, _stop.Token);
                if (read == 0)
                {
                    return;
                }

                if (_frozen is { } frozen)
                {
                    await frozen.Task.WaitAsync(_stop.Token);
                }

                if (Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, _stop.Token);
                }

                ReadOnlyMemory<byte> piece = buffer.AsMemory(0, read);
                piece = Edit?.Invoke(piece, direction) ?? piece;
                while (piece.Length > 0)
                {
                    int sent = await to.SendAsync(piece, _stop.Token);
                    piece = piece[sent..];
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }
}

/// <summary>Which way a piece of bytes passes a <see cref="TcpProxy"/>.</summary>
public enum ProxyDirection
{
    ToServer,
    ToClient,
}
