using System.Text.Json.Serialization;

namespace EdgeAgent.Assessment.RulePacks;

/// <summary>Every number and switch of an assessment, as data: a file with a version, whose hash stands on each report.</summary>
/// <remarks>README.md beside this file says what each member means. A member that is not known or
/// not there is refused: nothing that decides a result hides in a default.</remarks>
public record RulePack
{
    /// <summary>生产设备数字化率 in the questionnaire.</summary>
    public const int DigitalizationNo = 2;

    /// <summary>生产设备联网率 in the questionnaire.</summary>
    public const int NetworkingNo = 3;

    /// <summary>企业实现数据自动采集的业务环节覆盖范围 in the questionnaire.</summary>
    public const int CollectionNo = 4;

    private const decimal HundredPercent = 100;

    /// <summary>Name by which a configuration asks for the pack.</summary>
    public required string Id { get; init; }

    public required string Version { get; init; }

    public required string Title { get; init; }

    /// <summary>Where the numbers come from, in words.</summary>
    public required string Source { get; init; }

    /// <summary>Id of the pack whose members hold where this one has none; null for a pack of its own.</summary>
    public string? Base { get; init; }

    /// <summary>Whether results only show how the program works; every output says so then.</summary>
    public required bool Demonstration { get; init; }

    /// <summary>Whether simulated readings count. Only in a demonstration.</summary>
    public required bool AllowSimulated { get; init; }

    /// <summary>Length of the window in calendar days of Asia/Shanghai, or null when <see cref="WindowMinutes"/> is given.</summary>
    public int? WindowDays { get; init; }

    /// <summary>Length of the window in minutes up to the report instant, widened to whole hours.</summary>
    public int? WindowMinutes { get; init; }

    /// <summary>How far before the window to look for the first sign of a device.</summary>
    public required int HistoryDays { get; init; }

    /// <summary>Least share of expected readings that must be good, for instance 0.75.</summary>
    public required decimal MinCoverage { get; init; }

    /// <summary>Share from which coverage is graded 良好.</summary>
    public required decimal GoodCoverage { get; init; }

    /// <summary>Least number of active days, where the window has so many working days.</summary>
    public required int MinActiveDays { get; init; }

    /// <summary>Clock hours with good readings that make a day active.</summary>
    public required int MinActiveHours { get; init; }

    /// <summary>Least number of good readings in the window.</summary>
    public required long MinGood { get; init; }

    /// <summary>Least time under observation; a device with less is 待观察.</summary>
    public required int MinObservedHours { get; init; }

    /// <summary>How long after the window readings may still arrive; the report is provisional until then.</summary>
    public required int LateDataHours { get; init; }

    /// <summary>Whether the time for which an agent was not running counts as missing.</summary>
    public required bool CountAgentDowntime { get; init; }

    /// <summary>Categories in the denominator, in the words of the ledger.</summary>
    public required IReadOnlyList<string> CountedCategories { get; init; }

    /// <summary>States in the denominator.</summary>
    public required IReadOnlyList<string> CountedStatus { get; init; }

    /// <summary>States in the strict denominator that is printed beside it.</summary>
    public required IReadOnlyList<string> StrictStatus { get; init; }

    /// <summary>Bases that make an asset digital when there is evidence.</summary>
    public required IReadOnlyList<string> DigitalBasis { get; init; }

    /// <summary>Whether a sensor alone (加装监测) makes an asset digital.</summary>
    public required bool MonitorOnlyIsDigital { get; init; }

    /// <summary>Whether an asset counts as networked only if it is digital.</summary>
    public required bool NetworkedNeedsDigital { get; init; }

    /// <summary>Upper ends of the options in tenths, inclusive: [1,2,4,6] makes A up to 10 %, B up to 20 %, C, D, and E above 60 %.</summary>
    public required IReadOnlyList<int> BinsTenths { get; init; }

    /// <summary>Most of the window that declared stops may take out of what is due, for instance 0.5.</summary>
    public required decimal MaxStopShare { get; init; }

    /// <summary>A device is shown as online while its last good reading is not older than three intervals or this.</summary>
    public required int OnlineMinutes { get; init; }

    /// <summary>Difference between source and server time beyond which a clock is wrong.</summary>
    public required int ClockSkewMinutes { get; init; }

    /// <summary>Interval taken for sources that only report changes, where none is configured.</summary>
    public required int HeartbeatSecondsMax { get; init; }

    /// <summary>Share by which N may shrink since the baseline before it is a finding.</summary>
    public required decimal ShrinkWarning { get; init; }

    /// <summary>Relative change up to which a figure of 数字化成效 is 持平.</summary>
    public required decimal SteadyTolerance { get; init; }

    /// <summary>Least coverage of both periods before a figure of 数字化成效 is computed rather than typed.</summary>
    public required decimal PeriodCoverage { get; init; }

    /// <summary>Controllers on an industrial protocol that make up a 工控网络 in item 1.</summary>
    public required int ControlNetworkDevices { get; init; }

    /// <summary>Whether 网络全面覆盖 in item 1 needs the three options before it.</summary>
    public required bool FullCoverageNeedsOthers { get; init; }

    /// <summary>Days with a record of a connected system that tick its scene in item 4.</summary>
    public required int ConnectorDays { get; init; }

    /// <summary>Whether the pack has the bands of levels only: no items, no scenes, no rates.</summary>
    public required bool BandsOnly { get; init; }

    /// <summary>The indicator tree with its weights.</summary>
    public required IReadOnlyList<RulePackDimension> Dimensions { get; init; }

    /// <summary>The questionnaire, by number.</summary>
    public required IReadOnlyList<RulePackQuestion> Items { get; init; }

    /// <summary>The business scenes, in the order of the form.</summary>
    public required IReadOnlyList<RulePackScene> Scenes { get; init; }

    /// <summary>What each level takes, the lowest first.</summary>
    public required IReadOnlyList<RulePackLevel> Levels { get; init; }

    /// <summary>Conditions on the project; null where nothing is known.</summary>
    public required RulePackProject? Project { get; init; }

    /// <summary>Subsidies by level; null where there are none.</summary>
    public required RulePackSubsidy? Subsidy { get; init; }

    /// <summary>Where each member comes from, by its path; the longest path that a member lies under holds for it.</summary>
    public required IReadOnlyDictionary<string, RulePackFact> Sources { get; init; }

    /// <summary>Weekdays that are no working days.</summary>
    public required IReadOnlyList<DateOnly> Holidays { get; init; }

    /// <summary>Saturdays and Sundays that are working days.</summary>
    public required IReadOnlyList<DateOnly> WorkingWeekends { get; init; }

    /// <summary>Item 2 with the points of its options.</summary>
    [JsonIgnore]
    public RulePackItem Digitalization => RateItem(DigitalizationNo);

    /// <summary>Item 3 with the points of its options.</summary>
    [JsonIgnore]
    public RulePackItem Networking => RateItem(NetworkingNo);

    /// <summary>The item of that number, or null.</summary>
    public RulePackQuestion? FindItem(int number) => Items.FirstOrDefault(i => i.No == number);

    public RulePackScene? FindScene(string name) => Scenes.FirstOrDefault(s => s.Name == name);

    /// <summary>The points that an item can bring: the product of the weights above it.</summary>
    /// <exception cref="ArgumentException">No entry of the tree asks for the item.</exception>
    public decimal MaxPoints(int item)
    {
        foreach (RulePackDimension dimension in Dimensions)
        {
            foreach (RulePackGroup group in dimension.Groups)
            {
                if (group.Entries.FirstOrDefault(e => e.Item == item) is { } entry)
                {
                    return dimension.Weight * group.Weight * entry.Weight / (HundredPercent * HundredPercent);
                }
            }
        }

        throw new ArgumentException($"Rule pack '{Id}' has no item {item}.", nameof(item));
    }

    /// <summary>Points of the chosen options of an item.</summary>
    public decimal PointsOf(RulePackQuestion item, IReadOnlyCollection<string> chosen)
    {
        (decimal numerator, decimal denominator) = item.Fraction(chosen);
        return MaxPoints(item.No) * numerator / denominator;
    }

    /// <summary>Where a member comes from, by the longest path of <see cref="Sources"/> that it lies under; null when none does.</summary>
    public RulePackFact? SourceOf(string path) => RulePackPaths.Longest(Sources, path);

    private RulePackItem RateItem(int number)
    {
        RulePackQuestion item = FindItem(number)
            ?? throw new InvalidOperationException($"Rule pack '{Id}' has the bands of levels only; no rate can be computed with it.");
        return new RulePackItem(number, item.Title, [.. item.Options.Select(o => PointsOf(item, [o.Key]))]);
    }
}
