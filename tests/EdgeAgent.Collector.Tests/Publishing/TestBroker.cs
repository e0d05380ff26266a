using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using EdgeAgent.Protocols.Mqtt.Broker;

namespace EdgeAgent.Collector.Tests.Publishing;

/// <summary>The embedded broker behind a socket, without the web server around it. Can be stopped and started again on its port.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private readonly ConcurrentDictionary<TcpClient, bool> _connections = new();
    private readonly MqttBrokerOptions _options;
    private TcpListener? _listener;
    private MqttBroker? _broker;
    private Task _accepting = Task.CompletedTask;

    public TestBroker(MqttBrokerOptions? options = null)
    {
        _options = options ?? new MqttBrokerOptions();
        Start();
    }

    public int Port { get; private set; }

    /// <summary>What went wrong in the broker itself, which is never a part of a test.</summary>
    public Exception? Failure { get; private set; }

    public string Address => $"mqtt://127.0.0.1:{Port}";

    public MqttBrokerStatistics Statistics => _broker!.Statistics;

    public void Start()
    {
        _broker = new MqttBroker(_options, new EveryoneMayEnter(), TimeProvider.System);
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener, _broker);
    }

    /// <summary>Goes with everything that it kept in memory, as a killed broker does.</summary>
    public async Task StopAsync()
    {
        _listener!.Stop();
        foreach (TcpClient connection in _connections.Keys)
        {
            connection.Close();
        }

        await _accepting;
        await _broker!.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Assert.Null(Failure);
    }

    private async Task AcceptAsync(TcpListener listener, MqttBroker broker)
    {
        while (true)
        {
            TcpClient connection;
            try
            {
                connection = await listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            connection.NoDelay = true;
            _connections.TryAdd(connection, true);
            _ = Task.Run(() => ServeAsync(connection, broker));
        }
    }

    private async Task ServeAsync(TcpClient connection, MqttBroker broker)
    {
        try
        {
            NetworkStream stream = connection.GetStream();
            await broker.AcceptConnectionAsync(
                new Duplex(PipeReader.Create(stream), PipeWriter.Create(stream)), new MqttPeer(connection.Client.RemoteEndPoint!.ToString()!));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The connection was cut.
        }
        catch (Exception e)
        {
            Failure = e;
            throw;
        }
        finally
        {
            connection.Dispose();
            _connections.TryRemove(connection, out _);
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class EveryoneMayEnter : IMqttAuthenticator
    {
        public ValueTask<MqttAccess> AuthenticateAsync(MqttLogin login, CancellationToken cancellationToken) =>
            new(MqttAccess.Grant(MqttTopicRules.Everything));
    }
}
