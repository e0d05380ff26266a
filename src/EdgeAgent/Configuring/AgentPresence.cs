using EdgeAgent.Core.Batches;
using EdgeAgent.Store;

namespace EdgeAgent.Configuring;

/// <summary>What an agent said about itself over the broker.</summary>
/// <param name="Online">Whether it is connected to the broker; null when it never said.</param>
/// <param name="OnlineSince">When it connected, by its own clock.</param>
/// <param name="HeardAt">When something came from it last, by our clock; what the broker had kept does not count.</param>
internal sealed record AgentPresence(bool? Online, DateTimeOffset? OnlineSince, int Devices, int Tags, DateTimeOffset? HeardAt)
{
    public static AgentPresence Unknown { get; } = new(null, null, 0, 0, null);
}

/// <summary>Collects what agents say about themselves. Safe for concurrent use.</summary>
internal sealed class AgentPresences(TimeProvider time)
{
    /// <summary>Anybody on the broker can say that he is an agent.</summary>
    private const int AgentsMax = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<AgentKey, AgentPresence> _known = [];

    public AgentPresence Of(AgentKey agent)
    {
        lock (_gate)
        {
            return _known.GetValueOrDefault(agent, AgentPresence.Unknown);
        }
    }

    public void Take(AgentKey agent, AgentBirth birth, bool fresh) =>
        Change(agent, fresh, known => known with { Devices = birth.Devices.Count, Tags = birth.Devices.Sum(static d => d.Tags.Count) });

    public void Take(AgentKey agent, AgentStatus status, bool fresh) => Change(
        agent, fresh && status.Online, known => known with { Online = status.Online, OnlineSince = Core.Model.UnixTicks.ToDateTimeOffset(status.SinceTicks) });

    /// <summary>A signed message came from it.</summary>
    public void Heard(AgentKey agent) => Change(agent, fresh: true, static known => known);

    private void Change(AgentKey agent, bool fresh, Func<AgentPresence, AgentPresence> change)
    {
        lock (_gate)
        {
            if (_known.Count < AgentsMax || _known.ContainsKey(agent))
            {
                AgentPresence now = change(_known.GetValueOrDefault(agent, AgentPresence.Unknown));
                _known[agent] = fresh ? now with { HeardAt = time.GetUtcNow() } : now;
            }
        }
    }
}
