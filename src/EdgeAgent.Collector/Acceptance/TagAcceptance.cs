using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Acceptance;

/// <summary>What was seen of one tag.</summary>
/// <param name="ScanMs">Period of its scan class.</param>
/// <param name="AskedMs">Period at which the test asked; shorter than <paramref name="ScanMs"/> for slow classes, null for devices that send by themselves.</param>
/// <param name="AchievedMs">Mean time between two readings; null with fewer than two.</param>
/// <param name="Uncertain">Readings with a value that is not to be relied on, those outside of the limits among them.</param>
/// <param name="Lowest">Lowest value with a good or uncertain quality; null when it is no number.</param>
/// <param name="Highest">Highest such value.</param>
/// <param name="Minimum">The tag's lower limit; null when it has none.</param>
/// <param name="Maximum">The tag's upper limit; null when it has none.</param>
/// <param name="Changes">How often a reading differed from the one before.</param>
/// <param name="LastValue">The last value as text, in invariant form.</param>
/// <param name="Findings">What led to the verdict, for people.</param>
public sealed record TagAcceptance(
    string Name,
    string Address,
    string Unit,
    int ScanMs,
    int? AskedMs,
    double? AchievedMs,
    int Readings,
    int Good,
    int Uncertain,
    int Bad,
    double? Lowest,
    double? Highest,
    double? Minimum,
    double? Maximum,
    int Changes,
    string? LastValue,
    [property: JsonConverter(typeof(LowerCaseEnumConverter<AcceptanceVerdict>))] AcceptanceVerdict Verdict,
    IReadOnlyList<string> Findings);
