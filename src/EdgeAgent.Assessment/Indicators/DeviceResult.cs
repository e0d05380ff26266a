using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>What an assessment found about one asset of the denominator.</summary>
/// <param name="Coverage">Good over expected readings.</param>
/// <param name="Unaccounted">The part of <paramref name="Expected"/> of which no account speaks.</param>
/// <param name="ObservedHours">Hours under observation: the window, or what is left of it since commissioning or binding.</param>
/// <param name="NotCounted">Good readings that do not count because they are simulated, replayed or imported.</param>
/// <param name="LastGoodHour">Begin of the last hour of the window with a good reading that counts.</param>
/// <param name="LastGood">When the newest good reading was taken, as far as is known; it may be later than the window.</param>
/// <param name="OnlineNow">在线: whether that is not longer ago than the rules allow. Shown, never counted.</param>
/// <param name="StoppedHours">Hours of the window that accepted stop declarations take out, rounded down.</param>
/// <param name="Sources">The bound devices: agent/device at address.</param>
/// <param name="Reasons">Why it does not count as networked; empty when it does.</param>
public sealed record DeviceResult(
    string AssetNo,
    string Name,
    string Workshop,
    string Process,
    DigitalLevel Digital,
    bool Networked,
    CoverageGrade Grade,
    [property: JsonConverter(typeof(ShareConverter))] Fraction Coverage,
    int ActiveDays,
    int RequiredDays,
    long Good,
    long Expected,
    long Unaccounted,
    long Changed,
    long NotCounted,
    int ObservedHours,
    DateTimeOffset? LastGoodHour,
    DateTimeOffset? LastGood,
    bool OnlineNow,
    int StoppedHours,
    IReadOnlyList<string> Sources,
    IReadOnlyList<ReasonCode> Reasons);
