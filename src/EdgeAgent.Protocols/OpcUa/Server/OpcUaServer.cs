using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>A simulated OPC UA server on a TCP port, with faults that can be switched while it runs. It only serves reading.</summary>
public sealed class OpcUaServer : IAsyncDisposable
{
    private readonly ServerCore _core;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<ServerConnection, Task> _running = new();
    private Task _accepting = Task.CompletedTask;

    /// <param name="build">Makes the address space: at the start, and anew at each restart, with so many namespaces before the
    /// others as it is told.</param>
    public OpcUaServer(OpcUaServerOptions options, Func<int, AddressSpace> build, TimeProvider time)
    {
        if (options.Policies.Count > 0 && options.Certificate is null)
        {
            options = options with { Policies = [] };
        }
        _core = new ServerCore(options, build, time);
        _listener = new Socket(options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    }

    public OpcUaFaultSwitches Faults => _core.Faults;

    /// <summary>The port it listens on, once started.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public int ConnectionCount => Locked(core => core.Connections.Count);

    public int SessionCount => Locked(core => core.Sessions.Count);

    /// <exception cref="SocketException">The port is taken or not allowed.</exception>
    public void Start()
    {
        _listener.Bind(new IPEndPoint(_core.Options.Address, _core.Options.Port));
        _listener.Listen();
        _core.Port = Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Closes every connection; sessions and subscriptions stay until they time out.</summary>
    public void CutConnections() => Each(static connection => connection.Cut());

    /// <summary>The next number that each channel sends is not the one that must follow.</summary>
    public void SkipSequenceNumbers() => Each(static connection => connection.SkipSequenceNumber());

    /// <summary>The token that each channel uses is no longer accepted: its next message ends it.</summary>
    public void ExpireTokens() => Each(static connection => connection.ExpireToken());

    /// <summary>Forgets connections, sessions and subscriptions as a restart does, and builds the address space anew.</summary>
    /// <param name="extraNamespaces">How many namespaces come before those of the address space that were not there at the start.</param>
    public void Restart(int extraNamespaces = 0) => Locked(core =>
    {
        core.Restart(extraNamespaces);
        return 0;
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        CutConnections();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_running.Values).ConfigureAwait(false);
        lock (_core.Gate)
        {
            _core.Dispose();
        }
        _stop.Dispose();
    }

    private T Locked<T>(Func<ServerCore, T> read)
    {
        lock (_core.Gate)
        {
            return read(_core);
        }
    }

    private void Each(Action<ServerConnection> act)
    {
        lock (_core.Gate)
        {
            foreach (ServerConnection connection in _core.Connections)
            {
                act(connection);
            }
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                if (_core.Faults.RefusesConnections)
                {
                    socket.Dispose();
                    continue;
                }
                socket.NoDelay = true;
                Serve(new ServerConnection(socket, _core));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that was gone before it was accepted is no reason to stop.
            }
        }
    }

    private void Serve(ServerConnection connection)
    {
        var done = new TaskCompletionSource();
        _running[connection] = done.Task;
        _ = RunAsync();

        async Task RunAsync()
        {
            try
            {
                await connection.RunAsync(_stop.Token).ConfigureAwait(false);
            }
            finally
            {
                _running.TryRemove(connection, out _);
                done.SetResult();
            }
        }
    }
}
