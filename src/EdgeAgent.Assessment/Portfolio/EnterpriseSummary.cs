using System.Text.Json.Serialization;
using EdgeAgent.Assessment.Indicators;

namespace EdgeAgent.Assessment.Portfolio;

/// <summary>One enterprise in the roll-up of a provider or a district.</summary>
/// <param name="Name">企业名称; the site's name where no profile is recorded.</param>
/// <param name="Industry">所属细分行业; empty when not recorded.</param>
/// <param name="Level">0 to 4.</param>
/// <param name="Complete">Whether every item and scene has an accepted answer.</param>
/// <param name="ToNextLevel">What is missing to the next level, for people; empty at the highest.</param>
/// <param name="LastData">Begin of the last hour with good readings; null when there was none in the history.</param>
/// <param name="StoppedSending">Whether it sent before and did not in the last day.</param>
/// <param name="Problem">Why it could not be assessed; null when it was.</param>
public sealed record EnterpriseSummary(
    string Site,
    string Name,
    string Industry,
    string Provider,
    int Total,
    RateResult? Digitalization,
    RateResult? Networking,
    Fraction Completeness,
    decimal Score,
    int Level,
    string LevelName,
    bool Complete,
    string ToNextLevel,
    int SevereFindings,
    DateTimeOffset? LastData,
    bool StoppedSending,
    string? Problem)
{
    /// <summary>Devices missing to the next option of either rate; null when none is next.</summary>
    [JsonIgnore]
    public int? DevicesToNextOption => new[] { Digitalization?.Next?.Devices, Networking?.Next?.Devices }.Min();
}
