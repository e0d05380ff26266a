using EdgeAgent.Protocols.OpcUa.Server;

namespace EdgeAgent.Simulation.OpcUa;

/// <summary>Lets a simulated server misbehave when a simulation file says so.</summary>
internal sealed class FaultSchedule : IDisposable
{
    private static readonly Dictionary<string, Action<OpcUaServer, int>> Begin = new()
    {
        ["silent-subscriptions"] = (server, _) => server.Faults.SilentSubscriptions = true,
        ["stuck-values"] = (server, _) => server.Faults.StuckValues = true,
        ["slow-answers"] = (server, amount) => server.Faults.AnswerDelayMs = amount,
        ["huge-responses"] = (server, amount) => server.Faults.HugeResponseBytes = amount,
        ["refused-connections"] = (server, _) =>
        {
            server.Faults.RefusesConnections = true;
            server.CutConnections();
        },
        ["dropped-connections"] = (server, _) => server.CutConnections(),
        ["bad-sequence-numbers"] = (server, _) => server.SkipSequenceNumbers(),
        ["expired-tokens"] = (server, _) => server.ExpireTokens(),
        ["restart"] = (server, amount) => server.Restart(amount),
    };

    private static readonly Dictionary<string, Action<OpcUaServer>> End = new()
    {
        ["silent-subscriptions"] = server => server.Faults.SilentSubscriptions = false,
        ["stuck-values"] = server => server.Faults.StuckValues = false,
        ["slow-answers"] = server => server.Faults.AnswerDelayMs = 0,
        ["huge-responses"] = server => server.Faults.HugeResponseBytes = 0,
        ["refused-connections"] = server => server.Faults.RefusesConnections = false,
    };

    private readonly List<ITimer> _timers = [];

    public FaultSchedule(OpcUaServer server, IReadOnlyList<SimulatedFaultConfig> faults, TimeProvider time)
    {
        foreach (SimulatedFaultConfig fault in faults)
        {
            TimeSpan period = fault.EveryMs > 0 ? TimeSpan.FromMilliseconds(fault.EveryMs) : Timeout.InfiniteTimeSpan;
            TimeSpan after = TimeSpan.FromMilliseconds(fault.AfterMs);
            _timers.Add(time.CreateTimer(_ => Begin[fault.Kind](server, fault.Amount), null, after, period));
            if (fault.ForMs > 0 && End.TryGetValue(fault.Kind, out Action<OpcUaServer>? end))
            {
                _timers.Add(time.CreateTimer(_ => end(server), null, after + TimeSpan.FromMilliseconds(fault.ForMs), period));
            }
        }
    }

    /// <summary>The kinds of faults in a simulation file.</summary>
    public static IReadOnlyCollection<string> Kinds => Begin.Keys;

    /// <summary>Whether a fault lasts, or happens at one moment.</summary>
    public static bool Lasts(string kind) => End.ContainsKey(kind);

    public void Dispose() => _timers.ForEach(timer => timer.Dispose());
}
