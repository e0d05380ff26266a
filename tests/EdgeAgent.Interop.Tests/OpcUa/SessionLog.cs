using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Client;

namespace EdgeAgent.Interop.Tests.OpcUa;

/// <summary>What a client says of its session, as lines.</summary>
internal sealed class SessionLog : IUaSessionObserver
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public void SessionContinued(int connectionNumber, int sessionNumber) => Add($"continued {connectionNumber}/{sessionNumber}");

    public void SessionCreated(int connectionNumber, int sessionNumber) => Add($"created {connectionNumber}/{sessionNumber}");

    public void ConnectionLost(int connectionNumber, StatusCode reason) => Add($"lost {connectionNumber}");

    private void Add(string line)
    {
        lock (_lines)
        {
            _lines.Add(line);
        }
    }
}
