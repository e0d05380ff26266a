using System.Text.Json.Serialization;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Scoring;

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
    /// <summary>统一社会信用代码; empty when not recorded.</summary>
    public string CreditCode { get; init; } = "";

    /// <summary>Last day of the project by its profile; null when none is recorded.</summary>
    public DateOnly? ProjectEnds { get; init; }

    /// <summary>What the reader must know first, for instance SIMULATED; null on real data.</summary>
    public string? Notice { get; init; }

    /// <summary>Codes of the severe findings.</summary>
    public IReadOnlyList<FindingCode> FindingCodes { get; init; } = [];

    /// <summary>Sources that no asset claims and nobody classified.</summary>
    public int Unledgered { get; init; }

    /// <summary>What is missing to the next level; null at the highest, or when it was not assessed.</summary>
    [JsonIgnore]
    public LevelDistance? Next { get; init; }

    /// <summary>Devices missing to the next option of either rate; null when none is next.</summary>
    [JsonIgnore]
    public int? DevicesToNextOption => new[] { Digitalization?.Next?.Devices, Networking?.Next?.Devices }.Min();
}
