using EdgeAgent.Store.Forward;
using System.Text.Json;

namespace EdgeAgent.Web;

/// <summary>The whole of <c>/api/status</c>. Counts are readings, instants are UTC, an absent role is null.</summary>
/// <param name="Simulated">Whether any figure comes from simulated devices.</param>
internal sealed record StatusView(
    string Version,
    string Site,
    DateTimeOffset StartedAt,
    double UptimeSeconds,
    long RssBytes,
    bool Simulated,
    AgentView? Agent,
    HubView? Hub);

/// <summary>The agent's side: what became of what was due, since this start.</summary>
internal sealed record AgentView(
    string Id,
    int Devices,
    int Online,
    CountsView Counts,
    BufferView Buffer,
    IReadOnlyList<PublisherView> Publishers,
    IReadOnlyList<SeenDeviceView> Seen)
{
    /// <summary>Serial lines; empty without one.</summary>
    public IReadOnlyList<LineView> Lines { get; init; } = [];
}

/// <summary>One serial line.</summary>
/// <param name="BusySeconds">How long it was taken since its endpoint was started.</param>
/// <param name="Utilisation">The busy part of about the last half minute; null in the first second.</param>
internal sealed record LineView(string Endpoint, string Line, double BusySeconds, double? Utilisation);

/// <summary>A device that sent something and is not configured.</summary>
/// <param name="Name">How it names itself, in the words of a configuration.</param>
/// <param name="Example">The start of what it sent first.</param>
internal sealed record SeenDeviceView(string Endpoint, string Name, DateTimeOffset First, DateTimeOffset Last, long Messages, string Example);

/// <summary>The conservation law's terms: due = good + bad + missed, good + bad + beyond = filtered + dropped + buffered.</summary>
/// <param name="Beyond">Readings beyond the due ones, of devices that send by themselves.</param>
/// <param name="Filled">Of those missed, the ones that the source delivered later.</param>
internal readonly record struct CountsView(long Due, long Good, long Bad, long Missed, long Filtered, long Dropped, long Buffered, long Beyond = 0, long Filled = 0);

/// <param name="UndeclaredRanges">Ranges of discarded batches that no batch has declared to the hub yet.</param>
internal sealed record BufferView(
    long PendingReadings,
    long PendingBatches,
    long AcknowledgedReadings,
    long DiscardedReadings,
    int UndeclaredRanges,
    long SizeBytes,
    double OldestAgeSeconds,
    string? Problem);

/// <summary>One publisher; each has its own place in the buffer.</summary>
/// <param name="Problem">The last thing that went wrong, for people; null when nothing did.</param>
internal sealed record PublisherView(string Name, bool Connected, int InFlight, string? Problem)
{
    /// <summary>The broker it is connected to, or null.</summary>
    public string? Broker { get; init; }

    /// <summary>Connected, and whoever it publishes to does not answer.</summary>
    public bool Waiting { get; init; }

    /// <summary>Batches in the buffer that it has not passed.</summary>
    public long LagBatches { get; init; }

    /// <summary>Batches sent since this start, repeats included.</summary>
    public long Published { get; init; }

    /// <summary>Readings that the buffer gave up before this publisher had passed them, since this start.</summary>
    public long DiscardedReadings { get; init; }

    /// <summary>Readings that it could not publish because their batch could not be read, since this start.</summary>
    public long PassedOverReadings { get; init; }
}

/// <summary>One device as the agent sees it.</summary>
/// <param name="PeriodMs">The configured period of its fastest scan class.</param>
/// <param name="AchievedPeriodMs">What it comes to; null before the second scan.</param>
/// <param name="Lost">Readings known to have been sent and never to have arrived.</param>
/// <param name="JitterMs">How far a scan starts from when it was due, 95th percentile or worst of the last while.</param>
internal sealed record DeviceView(
    string Name,
    string Endpoint,
    string Asset,
    bool Online,
    bool Quarantined,
    string Provenance,
    CountsView Counts,
    DateTimeOffset? LastGood,
    double PeriodMs,
    double? AchievedPeriodMs,
    double? JitterMs,
    long Overruns,
    string? Problem,
    long Lost = 0);

/// <summary>The hub's side: what is stored, ever, and how late it came.</summary>
internal sealed record HubView(
    string Store,
    bool StoreAvailable,
    long StoredReadings,
    long StoredBatches,
    long DuplicateBatches,
    long RefusedBatches,
    long DiscardedReadings,
    int AgentsPending,
    double? ReadToStoreP50Ms,
    double? ReadToStoreP99Ms)
{
    /// <summary>Every agent that ever showed itself.</summary>
    public IReadOnlyList<FleetAgentView> Agents { get; init; } = [];

    /// <summary>Servers that get a copy; empty without any.</summary>
    public IReadOnlyList<ForwardStatistics> Forwards { get; init; } = [];
}

/// <summary>One agent as the hub knows it.</summary>
/// <param name="Status">pending, approved or revoked.</param>
/// <param name="Note">How the status came about; of a pending one, why its token did not let it in.</param>
/// <param name="NewFingerprint">Of a key that it shows now and that nobody approved.</param>
/// <param name="ConfigHash">Of what it collects; changes with its configuration.</param>
/// <param name="ClockOffsetMs">How far its clock is ahead of the hub's, less the shortest way of a batch; null before the first batch.</param>
/// <param name="LastSeen">When it introduced itself or delivered last.</param>
/// <param name="Forked">Its chain contradicts what is stored; nothing of it is acknowledged.</param>
internal sealed record FleetAgentView(
    string Site,
    string Agent,
    string Status,
    string Note,
    string Fingerprint,
    string? NewFingerprint,
    string Version,
    string ConfigHash,
    long? ClockOffsetMs,
    DateTimeOffset LastSeen,
    bool Forked);

/// <summary>What <c>/health/ready</c> says.</summary>
/// <param name="Reasons">Why it is not ready; empty when it is.</param>
internal sealed record HealthView(bool Ready, IReadOnlyList<string> Reasons);

/// <summary>The newest value of a tag; <see cref="LastValues"/> writes it straight from the store.</summary>
/// <param name="Value">Boolean, number or text; null when the reading failed.</param>
internal sealed record ValueView(string Site, string Agent, string Device, string Tag, JsonElement Value, string Quality, DateTimeOffset SourceTime, string Provenance);
