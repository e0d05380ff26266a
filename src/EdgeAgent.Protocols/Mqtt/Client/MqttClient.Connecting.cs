using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Client;

public sealed partial class MqttClient
{
    // Two clients with one id throw each other out again and again; three short lives in a row are no chance.
    private const int ShortLivesMax = 3;

    // A connection that has lived this long was a good one: the next loss starts with short delays.
    private static readonly TimeSpan GoodLife = TimeSpan.FromSeconds(60);

    private string? _clientId;
    private int _shortLives;

    /// <summary>Jitter for the delays; tests replace it.</summary>
    internal Func<double> Random { get; set; } = System.Random.Shared.NextDouble;

    private async Task RunAsync()
    {
        var backoff = new Backoff(_options.BackoffMinMs, _options.BackoffMaxMs, () => Random());
        // 3.1.1 brokers need not accept an empty id.
        _clientId = _options.ClientId ?? (_options.Version == MqttVersion.V5 ? "" : $"edgeagent-{Guid.NewGuid():N}"[..23]);
        int broker = 0;
        int failedInRound = 0;
        while (!_stopping.IsCancellationRequested)
        {
            MqttBrokerAddress address = _options.Brokers[broker];
            try
            {
                if (await TryConnectAsync(address).ConfigureAwait(false) is { } connection)
                {
                    failedInRound = 0;
                    await LiveAsync(connection, backoff).ConfigureAwait(false);
                    if (Interlocked.Exchange(ref _movesOn, 0) != 0)
                    {
                        broker = (broker + 1) % _options.Brokers.Count;
                    }
                    continue;
                }
            }
            catch (MqttConnectException failure)
            {
                broker = (broker + 1) % _options.Brokers.Count;
                TimeSpan delay = ++failedInRound < _options.Brokers.Count ? TimeSpan.Zero : backoff.Next();
                failedInRound = delay == TimeSpan.Zero ? failedInRound : 0;
                Observer.ConnectFailed(address, failure.Message, delay);
                await PauseAsync(delay).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<MqttConnection?> TryConnectAsync(MqttBrokerAddress address)
    {
        var handshake = new Handshake(_options, _clientId!, _transport, _time);
        Handshake.Opened opened = await handshake.ConnectAsync(address, _stopping.Token).ConfigureAwait(false);
        if (opened.Answer.Properties?.AssignedClientId is { } assigned)
        {
            _clientId = assigned;
        }
        return new MqttConnection(
            opened.Stream, opened.Buffer, address, opened.Answer, _options, _time, _window, _incoming, _session, _counters);
    }

    private async Task LiveAsync(MqttConnection connection, Backoff backoff)
    {
        long since = _time.GetTimestamp();
        BeginSession(connection);
        if (_stopping.IsCancellationRequested)
        {
            connection.Close(new MqttConnectionLoss($"{connection.Broker}: disconnected by this client", MqttLossCause.Local));
        }
        Task<MqttConnectionLoss> running = connection.RunAsync();
        _counters.Connections++;
        await RenewSubscriptionsAsync(connection).ConfigureAwait(false);
        if (!connection.IsClosed)
        {
            Observer.Connected(connection.Broker, connection.Answer.SessionPresent);
            Volatile.Read(ref _connected).TrySetResult();
        }
        MqttConnectionLoss loss = await running.ConfigureAwait(false);
        EndConnection();
        loss = JudgeLife(loss, _time.GetElapsedTime(since), backoff);
        Observer.Disconnected(connection.Broker, loss);
        if (loss.Cause != MqttLossCause.Local)
        {
            // One blip costs little: the first try after a good life comes within the smallest step.
            await PauseAsync(backoff.Next()).ConfigureAwait(false);
        }
    }

    private void BeginSession(MqttConnection connection)
    {
        if (!connection.Answer.SessionPresent)
        {
            _session.Begin();
            _window.ConnectionLost(keepQos2: false);
        }
        lock (_window.Gate)
        {
            _window.Limit = Math.Min(_options.InFlightMax, connection.Limits.ReceiveMaximum);
            connection.ResendKept();
            Volatile.Write(ref _connection, connection);
        }
    }

    private void EndConnection()
    {
        if (_connected.Task.IsCompleted)
        {
            Volatile.Write(ref _connected, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        lock (_window.Gate)
        {
            Volatile.Write(ref _connection, null);
        }
        _window.ConnectionLost(keepQos2: !_options.CleanStart && !_stopping.IsCancellationRequested);
    }

    /// <summary>Decides how soon to come back, and whether another client seems to fight us for the id.</summary>
    private MqttConnectionLoss JudgeLife(MqttConnectionLoss loss, TimeSpan life, Backoff backoff)
    {
        bool thrownOut = loss.SuspectedTakeover || loss.Cause == MqttLossCause.ClosedByBroker;
        if (life >= GoodLife)
        {
            backoff.Reset();
        }
        _shortLives = thrownOut && life < GoodLife ? _shortLives + 1 : 0;
        if (!loss.SuspectedTakeover && _shortLives >= ShortLivesMax)
        {
            loss = loss with
            {
                SuspectedTakeover = true,
                Text = $"{loss.Text}, {_shortLives} times in a row soon after connecting; another client may be using our client id "
                    + $"\"{_clientId}\" (give each agent an id of its own), or the broker restarts again and again",
            };
        }
        if (loss.SuspectedTakeover)
        {
            backoff.Penalize();
        }
        else if (_shortLives == 0 && loss.Cause != MqttLossCause.ProtocolError)
        {
            backoff.Reset();
        }
        return loss;
    }

    private async Task PauseAsync(TimeSpan delay)
    {
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, _time, _stopping.Token).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }
    }
}
