using EdgeAgent.Protocols.OpcUa.Services.Sessions;

namespace EdgeAgent.Protocols.OpcUa.Client;

public sealed partial class OpcUaClient
{
    // A connection that stood for so long was a good one: the next loss begins with the shortest delay again.
    private static readonly TimeSpan s_proven = TimeSpan.FromSeconds(10);

    // How long a goodbye may take: who goes does not wait for a server that is gone.
    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _changing = new(1);
    private CancellationTokenSource _stopping = new();
    private Task _supervising = Task.CompletedTask;
    private UaSession? _session;
    private int _current;

    /// <summary>Connects to the first server that answers. From then on lost connections are made again until <see cref="DisconnectAsync"/>.</summary>
    /// <exception cref="OpcUaConnectException">None of the servers could be used; nothing is left running.</exception>
    public async Task ConnectAsync(CancellationToken cancellation = default)
    {
        await _changing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (State != OpcUaClientState.Disconnected)
            {
                return;
            }
            State = OpcUaClientState.Connecting;
            _stopping = new CancellationTokenSource();
            try
            {
                Adopt(await EstablishAsync(cancellation).ConfigureAwait(false));
            }
            catch (Exception failure)
            {
                State = OpcUaClientState.Disconnected;
                LastProblem = failure.Message;
                throw;
            }
            _supervising = SuperviseAsync(_connection!);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Ends the session with its subscriptions, if the server still listens, and the connection; outstanding requests fail.</summary>
    public async Task DisconnectAsync()
    {
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (State == OpcUaClientState.Disconnected)
            {
                return;
            }
            await _stopping.CancelAsync().ConfigureAwait(false);
            if (Volatile.Read(ref _connection) is { } connection)
            {
                await EndAsync(connection).ConfigureAwait(false);
            }
            await _supervising.ConfigureAwait(false);
            _session = null;
            _stopping.Dispose();
            Array.ForEach(_servers, server => server.Dispose());
            State = OpcUaClientState.Disconnected;
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task SuperviseAsync(UaConnection connection)
    {
        while (true)
        {
            long begun = _time.GetTimestamp();
            await connection.Completion.ConfigureAwait(false);
            Volatile.Write(ref _connection, null);
            if (_stopping.IsCancellationRequested)
            {
                return;
            }
            State = OpcUaClientState.Reconnecting;
            LastProblem = $"{Server}: {connection.EndReason}";
            Tell(observer => observer.ConnectionLost(ConnectionNumber, connection.EndStatus));
            if (_time.GetElapsedTime(begun) >= s_proven)
            {
                _delay.Reset();
            }
            if (await ReestablishAsync().ConfigureAwait(false) is not { } established)
            {
                return;
            }
            connection = established.Connection;
            Adopt(established);
            if (_stopping.IsCancellationRequested)
            {
                // Made while somebody disconnected, who may not have seen it yet.
                await EndAsync(connection).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends the session with its subscriptions, then the connection.</summary>
    private async Task EndAsync(UaConnection connection)
    {
        connection.HasActiveSession = false;
        var exchange = new RareExchange<CloseSessionResponse>(
            static (target, header) => new CloseSessionRequest(header, DeleteSubscriptions: true).Write(target), CloseSessionResponse.TryRead, static r => r.Header);
        await connection.CallAsync(exchange, s_goodbye < RequestTimeout ? s_goodbye : RequestTimeout, CancellationToken.None).ConfigureAwait(false);
        await connection.LeaveAsync(s_goodbye).ConfigureAwait(false);
    }

    /// <summary>Tries until it works; null when nobody wants it any more.</summary>
    private async Task<Established?> ReestablishAsync()
    {
        CancellationToken stopping = _stopping.Token;
        try
        {
            while (true)
            {
                await Task.Delay(_delay.Next(), _time, stopping).ConfigureAwait(false);
                try
                {
                    return await EstablishAsync(stopping).ConfigureAwait(false);
                }
                catch (OpcUaConnectException failure)
                {
                    LastProblem = failure.Message;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>The server of the session first, since it may still have it; then the others in their order.</summary>
    private async Task<Established> EstablishAsync(CancellationToken cancellation)
    {
        OpcUaConnectException? first = null;
        for (int i = -1; i < _servers.Length; i++)
        {
            int index = i < 0 ? _current : i;
            if (i == _current)
            {
                continue;
            }
            try
            {
                Established established = await _servers[index].EstablishAsync(_session, _facts, cancellation).ConfigureAwait(false);
                _current = index;
                return established;
            }
            catch (OpcUaConnectException failure)
            {
                first = first is null ? failure : new OpcUaConnectException($"{first.Message}\n{failure.Message}", first.Status, first);
            }
        }
        throw first!;
    }

    private void Adopt(Established established)
    {
        _session = established.Session;
        _facts = established.Facts;
        Server = established.Address;
        LastProblem = "";
        ConnectionNumber++;
        SessionNumber += established.IsContinued ? 0 : 1;
        // With a full barrier: whoever disconnects either sees the connection or is seen by the check that follows.
        Interlocked.Exchange(ref _connection, established.Connection);
        State = OpcUaClientState.Connected;
        Tell(observer =>
        {
            if (established.IsContinued)
            {
                observer.SessionContinued(ConnectionNumber, SessionNumber);
            }
            else
            {
                observer.SessionCreated(ConnectionNumber, SessionNumber);
            }
        });
    }

    private void Tell(Action<IUaSessionObserver> what)
    {
        foreach (IUaSessionObserver observer in _observers)
        {
            try
            {
                what(observer);
            }
            catch (Exception failure)
            {
                // A listener's mistake must not end the care for the connection that all the others rely on.
                LastProblem = $"{Server}: {failure.Message}";
            }
        }
    }
}
