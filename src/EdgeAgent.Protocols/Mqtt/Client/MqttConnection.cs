using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>
/// One established connection to a broker: a reader and a sender over one stream, and the deadlines. It ends once, with
/// the first thing that goes wrong, and is not used again.
/// </summary>
internal sealed partial class MqttConnection
{
    private readonly Stream _stream;
    private readonly MqttClientOptions _options;
    private readonly TimeProvider _time;
    private readonly PublishWindow _window;
    private readonly IncomingMessages _incoming;
    private readonly SessionState _session;
    private readonly ReceiveBuffer _buffer;
    private readonly Counters _counters;
    private MqttConnectionLoss? _loss;

    public MqttConnection(
        Stream stream, ReceiveBuffer buffer, MqttBrokerAddress broker, ConnAckPacket answer, MqttClientOptions options, TimeProvider time,
        PublishWindow window, IncomingMessages incoming, SessionState session, Counters counters)
    {
        _stream = stream;
        _buffer = buffer;
        _options = options;
        _time = time;
        _window = window;
        _incoming = incoming;
        _session = session;
        _counters = counters;
        Broker = broker;
        Answer = answer;
        Outgoing = new OutgoingQueue(window.Gate, options.OutboxSizeBytesMax);
        Limits = BrokerLimits.From(answer, options);
        Requests = new PendingRequests(options.Version);
        _lastReceived = _lastSent = time.GetTimestamp();
    }

    public MqttBrokerAddress Broker { get; }

    public ConnAckPacket Answer { get; }

    public BrokerLimits Limits { get; }

    public OutgoingQueue Outgoing { get; }

    /// <summary>SUBSCRIBE and UNSUBSCRIBE that wait for their answers (gate).</summary>
    public PendingRequests Requests { get; }

    public bool IsClosed => Volatile.Read(ref _loss) != null;

    /// <summary>Runs the connection until it ends and says why.</summary>
    public async Task<MqttConnectionLoss> RunAsync()
    {
        Task sending = SendLoopAsync();
        using (StartDeadlines())
        {
            await ReceiveLoopAsync().ConfigureAwait(false);
        }
        Outgoing.Wake();
        await sending.ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        lock (_window.Gate)
        {
            Requests.FailAll(_loss!.Text);
            EndPings();
        }
        return _loss!;
    }

    /// <summary>Ends the connection; the first reason counts.</summary>
    public void Close(MqttConnectionLoss loss)
    {
        if (Interlocked.CompareExchange(ref _loss, loss, null) == null)
        {
            _stream.Dispose();
            Outgoing.Wake();
            _incoming.WakeReader();
        }
    }

    /// <summary>Sends DISCONNECT behind everything that waits, and closes.</summary>
    public async Task DisconnectAsync(MqttReason reason, MqttConnectionLoss loss, CancellationToken cancellationToken)
    {
        lock (_window.Gate)
        {
            new DisconnectPacket(MqttPacketType.Disconnect, reason).Write(Outgoing.Filling, _options.Version);
        }
        _closeWhenSent = loss;
        Outgoing.Wake();
        using (cancellationToken.UnsafeRegister(static state => ((Action)state!)(), (Action)(() => Close(loss))))
        {
            await _sendingEnded.Task.ConfigureAwait(false);
        }
        Close(loss);
    }

    private void Fail(MqttLossCause cause, string text, MqttReason reason = MqttReason.Success, Exception? exception = null) =>
        Close(new MqttConnectionLoss($"{Broker}: {text}", cause, reason, exception));
}
