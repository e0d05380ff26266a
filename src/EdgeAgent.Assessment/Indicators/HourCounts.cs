namespace EdgeAgent.Assessment.Indicators;

/// <summary>What one hour of a source's accounts adds up to.</summary>
/// <param name="Due">Readings that were due, of every provenance.</param>
/// <param name="Down">The part of them for which the agent was not running.</param>
/// <param name="Good">Good readings of a provenance that counts.</param>
/// <param name="Changed">Changed values among them.</param>
/// <param name="Simulated">Good readings of a simulator or replay that do not count.</param>
/// <param name="Imported">Good readings from a file, which do not count.</param>
internal readonly record struct HourCounts(long Due, long Down, long Good, long Changed, long Simulated, long Imported)
{
    public HourCounts Plus(in HourCounts other) => new(
        Due + other.Due,
        Down + other.Down,
        Good + other.Good,
        Changed + other.Changed,
        Simulated + other.Simulated,
        Imported + other.Imported);
}
