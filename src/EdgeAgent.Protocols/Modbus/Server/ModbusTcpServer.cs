using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>A simulated Modbus device or gateway on a TCP port, in any framing, with units and faults that can be changed while it runs.</summary>
public sealed class ModbusTcpServer : IAsyncDisposable
{
    private readonly ModbusServerOptions _options;
    private readonly TimeProvider _time;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Socket, Task> _connections = new();
    private Task _accepting = Task.CompletedTask;
    private int _acceptedCount;

    public ModbusTcpServer(ModbusServerOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _listener = new Socket(options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    }

    public ModbusUnits Units { get; } = new();

    public ModbusFaultSwitches Faults { get; } = new();

    /// <summary>The port it listens on, once started.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public int ConnectionCount => _connections.Count;

    /// <summary>Connections accepted since the start.</summary>
    public int AcceptedCount => Volatile.Read(ref _acceptedCount);

    /// <exception cref="SocketException">The port is taken or not allowed.</exception>
    public void Start()
    {
        _listener.Bind(new IPEndPoint(_options.Address, _options.Port));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>Closes every connection and keeps listening, as a device that restarts quickly.</summary>
    public void CutConnections()
    {
        foreach (var socket in _connections.Keys)
        {
            socket.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        CutConnections();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_connections.Values).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                socket.NoDelay = true;
                Interlocked.Increment(ref _acceptedCount);
                Serve(socket);
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

    private void Serve(Socket socket)
    {
        var connection = new ServerConnection(socket, new AnswerBuilder(_options, Units, Faults), _time);
        var started = new TaskCompletionSource();
        _connections[socket] = started.Task;
        _ = RunAsync();

        async Task RunAsync()
        {
            await connection.ServeAsync(_stop.Token).ConfigureAwait(false);
            _connections.TryRemove(socket, out _);
            started.SetResult();
        }
    }
}
