using System.IO.Pipelines;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>
/// The connection of one client: reads its packets, and writes what the session gives it. Members marked "gate" are called
/// with the broker's gate held.
/// </summary>
internal sealed partial class BrokerConnection
{
    // Packets are encoded ahead of the socket up to this, enough to fill its buffers with one write.
    private const int OutgoingSizeBytesMax = 256 * 1024;

    // A client that is told to go gets this long to take what was written for it.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    private readonly IDuplexPipe _pipe;
    private readonly MqttBroker _broker;
    private readonly ConnectPacket _connect;
    private readonly MqttTopicRules _rules;
    private readonly OutgoingQueue _outgoing;
    private readonly CancellationTokenSource _abort = new();
    private long _closingSince;
    private string? _farewell;

    public BrokerConnection(IDuplexPipe pipe, MqttBroker broker, MqttPeer peer, ConnectPacket connect, string clientId, MqttTopicRules rules)
    {
        _pipe = pipe;
        _broker = broker;
        _connect = connect;
        _rules = rules;
        _outgoing = new OutgoingQueue(broker.Gate, OutgoingSizeBytesMax);
        Peer = peer;
        ClientId = clientId;
        Window = Math.Min(broker.Options.InFlightMax, connect.Properties?.ReceiveMaximum ?? ushort.MaxValue);
        _sizeBytesMax = Math.Min(broker.Options.PacketSizeBytesMax, connect.Properties?.PacketSizeBytesMax ?? uint.MaxValue);
        LastReceived = broker.Time.GetTimestamp();
    }

    public MqttPeer Peer { get; }

    public string ClientId { get; }

    public BrokerSession Session { get; set; } = null!;

    /// <summary>Most QoS 1 and 2 messages that the client takes at once.</summary>
    public int Window { get; }

    /// <summary>False while so much waits for the socket that encoding more is pointless (gate).</summary>
    public bool HasRoom => _outgoing.HasRoom && _closingSince == 0;

    /// <summary>True when something was written since the last wake (gate).</summary>
    public bool IsDirty { get; set; }

    /// <summary>True when the client has said goodbye, so that its will is void.</summary>
    public bool SaidGoodbye { get; private set; }

    public long LastReceived { get; private set; }

    public string Farewell => _farewell ?? "the connection was closed by the client or the network";

    private MqttVersion Version => _connect.Version;

    /// <summary>Runs until either side ends the connection.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(
            static state => ((BrokerConnection)state!).CloseFromOutside(), this);
        Task sending = SendLoopAsync();
        try
        {
            await ReceiveLoopAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            _farewell ??= $"the network failed ({failure.Message})";
        }
        lock (_broker.Gate)
        {
            Close(null, Farewell);
        }
        _outgoing.Wake();
        await sending.ConfigureAwait(false);
    }

    /// <summary>Ends the connection; MQTT 5 clients are told the reason (gate).</summary>
    public void Close(MqttReason? reason, string text)
    {
        if (_closingSince != 0)
        {
            return;
        }
        if (reason is { } code && Version == MqttVersion.V5)
        {
            new DisconnectPacket(MqttPacketType.Disconnect, code).Write(_outgoing.Filling, Version);
        }
        _farewell ??= text;
        _closingSince = Math.Max(_broker.Time.GetTimestamp(), 1);
        _broker.Touch(this);
        _pipe.Input.CancelPendingRead();
        _resume.Set();
    }

    /// <summary>Looks at the keep-alive and other limits of time (gate).</summary>
    public void CheckTime(long now)
    {
        if (_closingSince != 0)
        {
            if (_broker.Time.GetElapsedTime(_closingSince, now) > Linger)
            {
                _abort.Cancel();
            }
            return;
        }
        double silentSeconds = _broker.Time.GetElapsedTime(LastReceived, now).TotalSeconds;
        if (_connect.KeepAliveSeconds > 0 && silentSeconds > _connect.KeepAliveSeconds * 1.5 && !_paused)
        {
            Close(MqttReason.KeepAliveTimeout, $"silent for {silentSeconds:F0} s with a keep-alive of {_connect.KeepAliveSeconds} s");
        }
        else if (Session.HoldsPublishers
            && _broker.Time.GetElapsedTime(Session.LastProgress, now).TotalMilliseconds > _broker.Options.StalledClientMs)
        {
            Close(MqttReason.QuotaExceeded, "took nothing while publishers waited for it");
        }
    }

    public void Wake() => _outgoing.Wake(inline: true);

    private void CloseFromOutside()
    {
        lock (_broker.Gate)
        {
            Close(MqttReason.ServerShuttingDown, "the broker is stopping");
        }
        _outgoing.Wake();
    }

    private async Task SendLoopAsync()
    {
        try
        {
            while (true)
            {
                ReadOnlyMemory<byte> batch = _outgoing.TakeBatch();
                if (batch.IsEmpty)
                {
                    if (Volatile.Read(ref _closingSince) != 0)
                    {
                        return;
                    }
                    await _outgoing.WaitAsync().ConfigureAwait(false);
                    continue;
                }
                FlushResult flushed = await _pipe.Output.WriteAsync(batch, _abort.Token).ConfigureAwait(false);
                if (flushed.IsCompleted || flushed.IsCanceled)
                {
                    return;
                }
                _broker.Written(this, batch.Length);
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            _farewell ??= $"sending failed ({failure.Message})";
        }
        finally
        {
            _pipe.Input.CancelPendingRead();
            await _pipe.Output.CompleteAsync().ConfigureAwait(false);
            Volatile.Write(ref _closingSince, Math.Max(_closingSince, 1));
        }
    }
}
