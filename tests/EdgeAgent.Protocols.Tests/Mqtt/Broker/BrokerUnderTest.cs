using System.IO.Pipelines;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Broker;
using EdgeAgent.TestKit;

namespace EdgeAgent.Protocols.Tests.Mqtt.Broker;

/// <summary>A broker under a clock that the test moves, and raw clients over pipes in memory.</summary>
internal sealed class BrokerUnderTest : IAsyncDisposable
{
    private readonly List<RawClient> _clients = [];

    public BrokerUnderTest(MqttBrokerOptions? options = null, IMqttAuthenticator? authenticator = null) =>
        Broker = new MqttBroker(options ?? new MqttBrokerOptions(), authenticator ?? new MqttUserList([], allowAnonymous: true), Time);

    public FakeTimeProvider Time { get; } = new();

    public MqttBroker Broker { get; }

    /// <summary>A connection that has sent nothing yet.</summary>
    public RawClient Open()
    {
        // The broker's writes wait once 64 KiB are not taken, as with a socket.
        var toBroker = new Pipe(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
        var toClient = new Pipe(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false));
        var client = new RawClient(toClient.Reader, toBroker.Writer, MqttVersion.V5);
        client.Served = Broker.AcceptConnectionAsync(new DuplexPipe(toBroker.Reader, toClient.Writer), new MqttPeer("test"));
        _clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RawClient client in _clients)
        {
            client.Drop();
        }
        await Broker.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
