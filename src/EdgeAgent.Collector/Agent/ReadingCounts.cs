namespace EdgeAgent.Collector.Agent;

/// <summary>What became of readings: <c>due = good + bad + missed</c> and <c>good + bad + beyond = filtered + dropped + buffered</c>.
/// While scans run the figures may be one scan apart from each other.</summary>
public readonly record struct ReadingCounts(
    long Due, long Good, long Bad, long Missed, long MissedWhileDown, long Filtered, long Dropped, long Buffered, long Changed,
    long Beyond = 0, long Filled = 0)
{
    /// <summary>Whether both equations hold.</summary>
    public bool Balances => Due == Good + Bad + Missed && Good + Bad + Beyond == Filtered + Dropped + Buffered;

    public ReadingCounts Plus(in ReadingCounts other) => new(
        Due + other.Due, Good + other.Good, Bad + other.Bad, Missed + other.Missed, MissedWhileDown + other.MissedWhileDown,
        Filtered + other.Filtered, Dropped + other.Dropped, Buffered + other.Buffered, Changed + other.Changed,
        Beyond + other.Beyond, Filled + other.Filled);
}
