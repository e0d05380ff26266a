namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>In which ways a server misbehaves from now on. Each switch may be set at any time, from any thread.</summary>
public sealed class OpcUaFaultSwitches
{
    private volatile bool _silentSubscriptions;
    private volatile bool _stuckValues;
    private volatile bool _refusesConnections;
    private volatile int _answerDelayMs;
    private volatile int _hugeResponseBytes;

    /// <summary>No Publish request is answered, not even by a keep-alive; everything else goes on.</summary>
    public bool SilentSubscriptions { get => _silentSubscriptions; set => _silentSubscriptions = value; }

    /// <summary>Nothing is sampled: keep-alives come, the clock of the server advances, values do not.</summary>
    public bool StuckValues { get => _stuckValues; set => _stuckValues = value; }

    /// <summary>Whoever connects is disconnected at once.</summary>
    public bool RefusesConnections { get => _refusesConnections; set => _refusesConnections = value; }

    /// <summary>Every answer but those to Publish waits so long; 0 is none.</summary>
    public int AnswerDelayMs { get => _answerDelayMs; set => _answerDelayMs = value; }

    /// <summary>Every value read comes as a byte string of so many bytes, whatever the client can take; 0 is none.</summary>
    public int HugeResponseBytes { get => _hugeResponseBytes; set => _hugeResponseBytes = value; }

    public void Clear()
    {
        SilentSubscriptions = StuckValues = RefusesConnections = false;
        AnswerDelayMs = HugeResponseBytes = 0;
    }
}
