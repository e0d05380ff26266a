using EdgeAgent.Protocols.OpcUa.Security;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>
/// What all connections of a server share. Every member is used with <see cref="Gate"/> held: a simulator has time to do one
/// thing after the other, and whatever is asked at one moment sees one state.
/// </summary>
internal sealed class ServerCore : IDisposable
{
    private static readonly TimeSpan TimeoutCheckPeriod = TimeSpan.FromMilliseconds(250);

    private readonly Func<int, AddressSpace> _build;
    private readonly ITimer _timeouts;
    private GridTimer? _historian;
    private uint _lastChannelId;

    public ServerCore(OpcUaServerOptions options, Func<int, AddressSpace> build, TimeProvider time)
    {
        Options = options;
        Time = time;
        _build = build;
        Own = options.Certificate is { } certificate ? new OwnCertificate(certificate) : null;
        Space = Build(0);
        Sessions = new SessionTable(this);
        Dispatcher = new RequestDispatcher(this);
        _timeouts = time.CreateTimer(_ => CheckTimeouts(), null, TimeoutCheckPeriod, TimeoutCheckPeriod);
    }

    public Lock Gate { get; } = new();

    public OpcUaServerOptions Options { get; }

    public OpcUaServerLimits Limits => Options.Limits;

    public OpcUaFaultSwitches Faults { get; } = new();

    public TimeProvider Time { get; }

    public OwnCertificate? Own { get; }

    public AddressSpace Space { get; private set; }

    public SessionTable Sessions { get; }

    public RequestDispatcher Dispatcher { get; }

    public HashSet<ServerConnection> Connections { get; } = [];

    /// <summary>The port, once the server listens.</summary>
    public int Port { get; set; }

    public DateTime UtcNow => Time.GetUtcNow().UtcDateTime;

    public uint NextChannelId() => ++_lastChannelId;

    /// <summary>Forgets everything that a restart forgets, and numbers namespaces anew.</summary>
    public void Restart(int extraNamespaces)
    {
        foreach (ServerConnection connection in Connections)
        {
            connection.Cut();
        }
        Sessions.Clear();
        Space = Build(extraNamespaces);
    }

    public void Dispose()
    {
        _timeouts.Dispose();
        _historian?.Dispose();
        Sessions.Clear();
        Own?.Dispose();
    }

    private AddressSpace Build(int extraNamespaces)
    {
        AddressSpace space = _build(extraNamespaces);
        ServerNodes.AddTo(space, Options, UtcNow);
        _historian?.Dispose();
        _historian = space.Historized.Count > 0 ? new GridTimer(this, Options.HistoryInterval, utc => KeepHistory(space, utc)) : null;
        return space;
    }

    private void KeepHistory(AddressSpace space, DateTime utc)
    {
        if (Faults.StuckValues)
        {
            return;
        }
        foreach (UaVariable variable in space.Historized)
        {
            variable.History!.Add(variable.ReadAt(utc));
        }
    }

    private void CheckTimeouts()
    {
        lock (Gate)
        {
            Sessions.EndSilent();
        }
    }
}
