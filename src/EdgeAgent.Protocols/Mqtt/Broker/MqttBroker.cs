using System.Buffers;
using System.IO.Pipelines;
using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>
/// An MQTT broker for one machine or one site, without sockets: it is given byte pipes. One lock guards its whole state;
/// work under it is a few microseconds a message, and no input or output happens there.
/// </summary>
public sealed partial class MqttBroker : IAsyncDisposable
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(500);

    private readonly IMqttAuthenticator _authenticator;
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Task> _running = [];
    private readonly ITimer _ticker;
    private int _connections;

    public MqttBroker(MqttBrokerOptions options, IMqttAuthenticator authenticator, TimeProvider time, IMqttBrokerObserver? observer = null)
    {
        Options = options;
        Time = time;
        Observer = observer ?? MqttBrokerObserver.None;
        Decode = new MqttDecodeLimits(options.PacketSizeBytesMax, options.SubscriptionsPerSessionMax);
        _authenticator = authenticator;
        _retained = new RetainedMessages(options);
        _ticker = time.CreateTimer(static state => ((MqttBroker)state!).Tick(), this, TickPeriod, TickPeriod);
    }

    internal Lock Gate { get; } = new();

    internal MqttBrokerOptions Options { get; }

    internal TimeProvider Time { get; }

    internal IMqttBrokerObserver Observer { get; }

    internal MqttDecodeLimits Decode { get; }

    public MqttBrokerStatistics Statistics
    {
        get
        {
            lock (Gate)
            {
                return new MqttBrokerStatistics(
                    _connections, _sessions.Count, _tree.Count, _retained.Count, _sessions.Values.Sum(static s => (long)s.Queued),
                    _counters.MessagesReceived, _counters.MessagesSent, _counters.BytesReceived, _counters.BytesSent,
                    _counters.DroppedFull, _counters.DroppedQos0, _counters.DroppedExpired, _counters.DroppedTooLarge,
                    _counters.HeldBack, _counters.LoginsRefused, _counters.RetainedRefused);
            }
        }
    }

    /// <summary>Serves one connection and returns when it has ended; the caller then closes the transport.</summary>
    public async Task AcceptConnectionAsync(IDuplexPipe pipe, MqttPeer peer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        Task serving = ServeAsync(pipe, peer, either.Token);
        lock (_running)
        {
            _running.Add(serving);
        }
        try
        {
            await serving.ConfigureAwait(false);
        }
        finally
        {
            lock (_running)
            {
                _running.Remove(serving);
            }
            await pipe.Input.CompleteAsync().ConfigureAwait(false);
            await pipe.Output.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Tells all clients that the broker stops, and waits until their connections have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        Task[] running;
        lock (_running)
        {
            running = [.. _running];
        }
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _ticker.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ServeAsync(IDuplexPipe pipe, MqttPeer peer, CancellationToken cancellationToken)
    {
        bool full = Interlocked.Increment(ref _connections) > Options.ConnectionsMax;
        try
        {
            if (await GreetAsync(pipe, peer, full, cancellationToken).ConfigureAwait(false) is { } connection)
            {
                try
                {
                    await connection.RunAsync(cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    // However it ended: a session that seems connected for ever would hold its publishers back for ever.
                    Leave(connection);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or InvalidOperationException)
        {
            Observer.Refused(peer, $"the connection broke before the client was in ({failure.Message})");
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private async Task<BrokerConnection?> GreetAsync(IDuplexPipe pipe, MqttPeer peer, bool full, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(Options.ConnectTimeoutMs), Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        (ConnectPacket? connect, MqttFault fault) = await ReadConnectAsync(pipe.Input, either.Token).ConfigureAwait(false);
        if (connect == null)
        {
            Observer.Refused(peer, $"no acceptable CONNECT came: {fault.Describe()}");
            if (fault == MqttFault.ProtocolVersionUnsupported)
            {
                await AnswerAsync(pipe, MqttVersion.V311, MqttReason.UnsupportedProtocolVersion, either.Token).ConfigureAwait(false);
            }
            return null;
        }
        bool idMissing = connect.ClientId.Length == 0 && connect.Version == MqttVersion.V311 && !connect.CleanStart;
        string clientId = connect.ClientId.Length > 0 ? connect.ClientId : $"auto-{Guid.NewGuid():N}";
        MqttAccess access = full ? MqttAccess.Refuse(MqttReason.ServerBusy)
            : idMissing ? MqttAccess.Refuse(MqttReason.ClientIdentifierNotValid)
            : connect.Properties?.AuthenticationMethod != null ? MqttAccess.Refuse(MqttReason.BadAuthenticationMethod)
            : await _authenticator.AuthenticateAsync(new MqttLogin(clientId, connect.User, connect.Password, peer), either.Token).ConfigureAwait(false);
        if (access.IsGranted && connect.Will is { } will && !access.Rules.MayPublish(will.Topic))
        {
            access = MqttAccess.Refuse(MqttReason.NotAuthorized);
        }
        var connection = new BrokerConnection(pipe, this, peer, connect, clientId, access.Rules);
        MqttReason reason = access.IsGranted ? Enter(connection, connect) : access.Reason;
        if (reason == MqttReason.Success)
        {
            Observer.Connected(clientId, peer);
            return connection;
        }
        lock (Gate)
        {
            _counters.LoginsRefused++;
        }
        Observer.Refused(peer, $"client \"{clientId}\", user \"{connect.User}\": {reason.Describe()}");
        await AnswerAsync(pipe, connect.Version, reason, either.Token).ConfigureAwait(false);
        return null;
    }

    private async Task<(ConnectPacket? Packet, MqttFault Fault)> ReadConnectAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> bytes = read.Buffer;
            if (FrameTaker.TryTake(ref bytes, MqttVersion.V311, Options.PacketSizeBytesMax, out PacketFrame frame, out ReadOnlyMemory<byte> body, out MqttFault fault))
            {
                input.AdvanceTo(bytes.Start);
                return frame.Type != MqttPacketType.Connect
                    ? (null, MqttFault.PacketTypeUnknown) : (ConnectPacket.Read(body, Decode, out fault), fault);
            }
            input.AdvanceTo(bytes.Start, bytes.End);
            if (fault != MqttFault.None || read.IsCompleted)
            {
                return (null, fault == MqttFault.None ? MqttFault.Truncated : fault);
            }
        }
    }

    private static async Task AnswerAsync(IDuplexPipe pipe, MqttVersion version, MqttReason reason, CancellationToken cancellationToken)
    {
        var answer = new PacketBuffer(16);
        new ConnAckPacket { Reason = reason }.Write(answer, version);
        await pipe.Output.WriteAsync(answer.Written, cancellationToken).ConfigureAwait(false);
    }
}
