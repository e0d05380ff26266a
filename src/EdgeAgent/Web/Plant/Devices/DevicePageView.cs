using System.Text.Json.Serialization;
using EdgeAgent.Store;
using EdgeAgent.Web.Wording;

namespace EdgeAgent.Web.Plant.Devices;

/// <summary>Everything about one device.</summary>
/// <param name="Endpoint">Null when its agent has not said.</param>
/// <param name="Machine">Its line of the ledger; null when no asset claims it.</param>
/// <param name="Verdict">Whether it counts as networked and why not; null when it is in no ledger, or nothing was assessed.</param>
/// <param name="Problems">What was wrong lately, newest first, as its agent tells.</param>
/// <param name="Heat">The last seven days by hour, ascending; hours without accounts are left out.</param>
internal sealed record DevicePageView(
    DeviceTile Tile,
    string Address,
    EndpointStandingView? Endpoint,
    bool? Quarantined,
    double? JitterMs,
    long? Overruns,
    MachineView? Machine,
    VerdictView? Verdict,
    IReadOnlyList<TagValueView> Values,
    IReadOnlyList<ProblemView> Problems,
    IReadOnlyList<HeatHourView> Heat);

internal sealed record EndpointStandingView(string Name, string Driver, bool Connected, string? Line, double? Utilisation, string? Problem)
{
    /// <summary>The problem in Chinese; null where there is none or the phrasebook does not have it.</summary>
    public string? ProblemZh => Phrasebook.Chinese.Known(Problem);
}

/// <summary>A line of the ledger.</summary>
internal sealed record MachineView(
    string AssetNo, string Name, string Model, string Maker, string Workshop, string Line, string Process, bool IsKeyProcess, string Category, string Status, DateOnly CommissionDate);

/// <param name="Grade">不计入, 合格 or 良好.</param>
/// <param name="ExcludedBecause">Why the asset is not in the denominator; null when it is.</param>
internal sealed record VerdictView(
    bool Networked, string Digital, string Grade, double? CoveragePercent, long Good, long Expected, int ActiveDays, int RequiredDays, int ObservedHours, int StoppedHours,
    long NotCounted, DateTimeOffset? LastGood, IReadOnlyList<string> Sources, IReadOnlyList<string> Reasons, string? ExcludedBecause, DateTimeOffset From, DateTimeOffset To);

/// <summary>The newest reading of a tag.</summary>
/// <param name="Value">Boolean, number or text; null when the reading failed or there is none.</param>
/// <param name="Quality">Name of the status code; empty when there is no reading.</param>
/// <param name="Good">good, uncertain, bad, or none.</param>
/// <param name="AgeSeconds">Null without a reading. A value that a deadband holds back is old and right all the same while the device is online.</param>
internal sealed record TagValueView(
    string Tag,
    string Unit,
    int Decimals,
    int IntervalMs,
    string Kind,
    [property: JsonConverter(typeof(StoredValueConverter))] StoredValue Value,
    string Quality,
    string Good,
    DateTimeOffset? Time,
    double? AgeSeconds);

internal sealed record ProblemView(DateTimeOffset From, DateTimeOffset? Until, string Text, int Count)
{
    /// <summary>The text in Chinese; null where the phrasebook does not have it.</summary>
    public string? TextZh => Phrasebook.Chinese.Known(Text);
}

internal sealed record HeatHourView(DateTimeOffset Hour, long Due, long Good, long Bad, long Missed);
