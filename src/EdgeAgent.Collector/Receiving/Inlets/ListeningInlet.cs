using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using EdgeAgent.Collector.Drivers;

namespace EdgeAgent.Collector.Receiving.Inlets;

/// <summary>A TCP port on which devices dial in, each with a stream of its own.</summary>
internal sealed class ListeningInlet(IPAddress bind, int port, int peersMax, Action<string> peerGone) : IInlet
{
    private readonly ConcurrentDictionary<Task, byte> _peers = [];
    private TcpListener? _listener;
    private CancellationTokenSource? _stop;
    private Task _accepting = Task.CompletedTask;

    public bool IsOpen => _listener is not null && !_accepting.IsCompleted;

    public ValueTask OpenAsync(Func<Stream, string, CancellationToken, Task> serve, Action<string> lost, CancellationToken cancellation)
    {
        var listener = new TcpListener(bind, port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            listener.Start();
        }
        catch (SocketException exception)
        {
            listener.Dispose();
            throw new EndpointConnectException($"cannot listen on {bind}:{port}: {exception.Message}; is another program or endpoint using the port?", exception);
        }

        _listener = listener;
        _stop = new CancellationTokenSource();
        _accepting = AcceptAsync(listener, serve, lost, _stop.Token);
        return ValueTask.CompletedTask;
    }

    public async ValueTask CloseAsync()
    {
        if (_stop is not { } stop)
        {
            return;
        }

        await stop.CancelAsync().ConfigureAwait(false);
        _listener!.Dispose();
        _listener = null;
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_peers.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        _stop = null;
    }

    private async Task AcceptAsync(TcpListener listener, Func<Stream, string, CancellationToken, Task> serve, Action<string> lost, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                TcpClient peer = await listener.AcceptTcpClientAsync(stop).ConfigureAwait(false);
                if (_peers.Count >= peersMax)
                {
                    peerGone($"{peer.Client.RemoteEndPoint} was turned away: {peersMax} peers are connected already");
                    peer.Dispose();
                    continue;
                }

                Task serving = ServeAsync(peer, serve, stop);
                _peers.TryAdd(serving, 0);
                _ = serving.ContinueWith(done => _peers.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
        catch (SocketException exception) when (!stop.IsCancellationRequested)
        {
            lost($"cannot listen on {bind}:{port} any more: {exception.Message}");
        }
        catch (Exception exception) when (stop.IsCancellationRequested && exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient peer, Func<Stream, string, CancellationToken, Task> serve, CancellationToken stop)
    {
        await Task.Yield();
        using (peer)
        {
            string name = peer.Client.RemoteEndPoint?.ToString() ?? "a peer";
            string problem = $"{name} closed the connection";
            try
            {
                peer.NoDelay = true;
                await serve(peer.GetStream(), name, stop).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or SocketException or TimeoutException)
            {
                problem = $"{name}: {exception.Message}";
            }
            catch (OperationCanceledException)
            {
                return;
            }

            peerGone(problem);
        }
    }
}
