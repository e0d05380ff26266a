using EdgeAgent.Web.Wording;

namespace EdgeAgent.Web.Plant.Overview;

/// <summary>The plant at one moment, as the overview and the wall display show it.</summary>
/// <param name="Enterprise">Name in the ledger; null where none is recorded.</param>
/// <param name="Simulated">Whether any figure comes from simulated data.</param>
/// <param name="Rates">Null on a gateway and before the first assessment.</param>
/// <param name="Today">Since midnight in Shanghai; null on a gateway.</param>
/// <param name="Laws">Where readings are between device and store.</param>
/// <param name="Balances">Whether every law holds; null when none can be told.</param>
/// <param name="Store">Null on a gateway.</param>
/// <param name="Notes">What people have to know before they believe the figures.</param>
internal sealed record OverviewView(
    DateTimeOffset At,
    string Site,
    string? Enterprise,
    string Version,
    bool Simulated,
    bool HasHub,
    bool HasAgent,
    DeviceCountsView Devices,
    RatesView? Rates,
    TodayView? Today,
    IReadOnlyList<AgentView> Agents,
    IReadOnlyList<LawView> Laws,
    bool? Balances,
    StoreView? Store,
    AlarmCountsView Alarms,
    IReadOnlyList<NoteView> Notes);

/// <summary>Devices by how they stand.</summary>
/// <param name="Total">All of them, machines of the ledger without any device included.</param>
/// <param name="Unledgered">Those that no asset of the ledger claims; they stand in another count too.</param>
internal sealed record DeviceCountsView(int Total, int Online, int Bad, int Stale, int Never, int Unledgered);

/// <summary>The rates by the rules of the pack, for the window it asks for.</summary>
/// <param name="BandsPercent">Upper ends of the options but the last.</param>
/// <param name="Points">数据采集覆盖 by point of the 采集点表, or by configured tag.</param>
/// <param name="Areas">网络覆盖.</param>
/// <param name="Problem">Why the figures are old or missing; null when all is well.</param>
internal sealed record RatesView(
    IReadOnlyList<int> BandsPercent,
    RateView Digitalization,
    RateView Networking,
    ShareView Points,
    ShareView Scenes,
    ShareView Areas,
    ShareView Completeness,
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset ComputedAt,
    bool Provisional,
    string? Notice,
    string RulePack,
    string? Problem);

/// <summary>A rate with the option of the questionnaire that follows from it.</summary>
/// <param name="Percent">Two decimals, half up; null when it cannot be computed.</param>
/// <param name="Option">A to E.</param>
/// <param name="MissingForNext">How many more machines must count for the next option; 0 at the last one.</param>
internal sealed record RateView(int N, int D, double? Percent, string? Option, decimal? Points, int MissingForNext);

/// <summary>A share, and what is missing to the whole where that has names.</summary>
internal sealed record ShareView(long N, long D, double? Percent, IReadOnlyList<string> Missing);

/// <summary>What became of the readings that were due since midnight.</summary>
internal sealed record TodayView(long Due, long Good, long Bad, long Missed, long Stored, double? CompletenessPercent);

/// <summary>One agent as it was last heard.</summary>
/// <param name="Standing">online, offline, pending (waits for approval), revoked, or unknown (has not said anything since this start).</param>
/// <param name="OldestAgeSeconds">Age of the oldest reading that is not stored yet; 0 when there is none.</param>
/// <param name="ClockOffsetMs">How far its clock is ahead of this machine's; null when unknown.</param>
/// <param name="LagMs">How long the newest stored batch had been under way.</param>
internal sealed record AgentView(
    string Name,
    string Standing,
    bool IsLocal,
    string Version,
    string ConfigHash,
    DateTimeOffset? LastHeard,
    DateTimeOffset? Since,
    double? ClockOffsetMs,
    int Devices,
    int Online,
    long? PendingReadings,
    long? PendingBatches,
    double? OldestAgeSeconds,
    long? BufferBytes,
    long? DiscardedReadings,
    string? BufferProblem,
    double? LagMs,
    bool Forked);

/// <summary>One equation of the conservation law: what stands on the left must be what stands on the right.</summary>
/// <param name="Name">accounts, kept, or buffer.</param>
/// <param name="Of">The agent it speaks of; null for the whole store.</param>
/// <param name="At">When its numbers were counted: each side counts at moments of its own, so that only numbers of one law can be compared.</param>
internal sealed record LawView(string Name, string? Of, DateTimeOffset? At, IReadOnlyList<TermView> Left, IReadOnlyList<TermView> Right, long Difference, bool Balances);

internal sealed record TermView(string Name, long Readings);

/// <param name="DownSince">Null while it answers.</param>
internal sealed record StoreView(
    string Kind, bool Available, DateTimeOffset? DownSince, string? Problem, bool BrokerConnected, long Readings, long Batches, long DuplicateBatches,
    long RefusedBatches, double? ReadToStoreP50Ms, double? ReadToStoreP99Ms);

/// <param name="Active">Alarms whose condition holds.</param>
/// <param name="Unacknowledged">Alarms that nobody has acknowledged, over or not.</param>
internal sealed record AlarmCountsView(int Active, int Unacknowledged, int Critical, int Warning, int Info);

/// <summary>A state that people meet.</summary>
/// <param name="Code">A fixed word, for instance STORE_DOWN; pages have a text for each.</param>
/// <param name="Subject">What it is about, for instance the agent; may be empty.</param>
/// <param name="Detail">What is known, in the words of whoever reported it; may be empty.</param>
internal sealed record NoteView(string Code, string Severity, string Subject, DateTimeOffset? Since, string Detail)
{
    /// <summary>The detail in Chinese; null where the phrasebook does not have it.</summary>
    public string? DetailZh => Phrasebook.Chinese.Known(Detail);
}
