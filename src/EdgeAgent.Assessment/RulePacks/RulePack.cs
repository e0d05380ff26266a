namespace EdgeAgent.Assessment.RulePacks;

/// <summary>Every number and switch of an assessment, as data: a file with a version, whose hash stands on each report.</summary>
/// <remarks>README.md beside this file says what each member means. A member that is not known or
/// not there is refused: nothing that decides a result hides in a default.</remarks>
public record RulePack
{
    /// <summary>Name by which a configuration asks for the pack.</summary>
    public required string Id { get; init; }

    public required string Version { get; init; }

    public required string Title { get; init; }

    /// <summary>Where the numbers come from, in words.</summary>
    public required string Source { get; init; }

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

    public required RulePackItem Digitalization { get; init; }

    public required RulePackItem Networking { get; init; }

    /// <summary>Weekdays that are no working days.</summary>
    public required IReadOnlyList<DateOnly> Holidays { get; init; }

    /// <summary>Saturdays and Sundays that are working days.</summary>
    public required IReadOnlyList<DateOnly> WorkingWeekends { get; init; }
}
