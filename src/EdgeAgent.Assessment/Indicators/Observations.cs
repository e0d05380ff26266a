using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>Everything that was collected of a site, as far as an assessment needs it: plain data from a store, or from signed batches.</summary>
public sealed record Observations
{
    /// <summary>The hourly accounts; may hold other sites as well.</summary>
    public required AccountHistory Accounts { get; init; }

    /// <summary>Devices that a definition ever named, whether or not they sent.</summary>
    public IReadOnlyList<DeviceSource> Devices { get; init; } = [];

    /// <summary>The tags of the site.</summary>
    public IReadOnlyList<SeriesInfo> Series { get; init; } = [];

    /// <summary>Hourly sums of the window; null when they were not read, so that nothing can be said about values.</summary>
    public IReadOnlyList<SeriesHour>? SeriesHours { get; init; }

    /// <summary>The newest reading of each series.</summary>
    public IReadOnlyList<SeriesPoint> Last { get; init; } = [];

    /// <summary>The chains of the site's agents; null when they were not read.</summary>
    public IReadOnlyList<AgentChain>? Chains { get; init; }

    /// <summary>Readings of the window of tags that tell a machine's state.</summary>
    public IReadOnlyList<StateTrace> States { get; init; } = [];
}

/// <summary>One incarnation of an agent's chain, as far as it arrived.</summary>
/// <param name="Times">Samples of when batches were made and stored.</param>
/// <param name="Discards">What the agent declared as given up in this incarnation.</param>
public sealed record AgentChain(
    AgentKey Agent, Guid Incarnation, SequenceRecord Sequences, IReadOnlyList<BatchTimes> Times, IReadOnlyList<DiscardRecord> Discards);

/// <summary>The readings of a state tag, ascending; the first may lie before the window, so that the state at its begin is known.</summary>
public sealed record StateTrace(SeriesKey Series, IReadOnlyList<RangePoint> Points);
