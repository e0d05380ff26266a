namespace EdgeAgent.Core.Model;

/// <summary>What became of the readings of one device that were due in one UTC hour, as far as one batch tells it.</summary>
/// <remarks>All counts are readings, not scans. Two equations hold in every account:
/// <c>Due = Good + Bad + Missed</c> and <c>Good + Bad + Beyond = Filtered + Dropped + Buffered</c>, where an uncertain reading counts
/// as bad (only good ones count in an assessment). Accounts never span an hour, so that a window of whole hours is exact.
/// <para>For a device that is asked, each due instant brings a reading and there is none beyond. For a device that sends by itself, each
/// due instant is a look at the value that stands at that moment: it is good, bad or missed, and what it finds is filtered, because the
/// value has been reported by a reading of its own. Those readings, which came when the device saw fit, are all beyond the due ones,
/// however many they are; so none is lost from sight, and none can make more good readings than were due.</para></remarks>
/// <param name="DeviceId">Dense device number of the configuration that the batch names.</param>
/// <param name="Hour">UTC hour since 1970 in which the readings were due.</param>
/// <param name="Provenance">Where the device's readings come from.</param>
/// <param name="Due">Readings that the scan classes asked for.</param>
/// <param name="Good">Readings taken with good quality.</param>
/// <param name="Bad">Readings taken with bad or uncertain quality.</param>
/// <param name="Missed">Readings never taken: overrun, or the agent was not running.</param>
/// <param name="MissedWhileDown">The part of <paramref name="Missed"/> for which the agent was not running or lost its last unflushed moment.</param>
/// <param name="Filtered">Readings that a deadband held back.</param>
/// <param name="Dropped">Readings thrown away before the buffer because it could not take them.</param>
/// <param name="Buffered">Readings written to the buffer.</param>
/// <param name="Changed">Good readings whose value differs from the good one before of the same tag.</param>
/// <param name="Beyond">Readings beyond the due ones: those that a device sent by itself, and the agent's own note that a tag fell silent.</param>
/// <param name="Filled">Due readings booked as missed, in this account or an earlier one of the same hour, for which the source
/// delivered a good reading afterwards. They stay missed; whether to count them is for the reader of the account.</param>
public readonly record struct ScanAccount(
    int DeviceId,
    int Hour,
    Provenance Provenance,
    long Due,
    long Good,
    long Bad,
    long Missed,
    long MissedWhileDown,
    long Filtered,
    long Dropped,
    long Buffered,
    long Changed,
    long Beyond = 0,
    long Filled = 0)
{
    /// <summary>Whether both equations hold.</summary>
    public bool Balances => Due == Good + Bad + Missed && Good + Bad + Beyond == Filtered + Dropped + Buffered && MissedWhileDown <= Missed;

    /// <summary>Whether it tells nothing.</summary>
    public bool IsEmpty => Due == 0 && Beyond == 0 && Filled == 0;

    /// <summary>The sum of two accounts of the same device, hour and provenance.</summary>
    public ScanAccount Plus(in ScanAccount other) => this with
    {
        Due = Due + other.Due,
        Good = Good + other.Good,
        Bad = Bad + other.Bad,
        Missed = Missed + other.Missed,
        MissedWhileDown = MissedWhileDown + other.MissedWhileDown,
        Filtered = Filtered + other.Filtered,
        Dropped = Dropped + other.Dropped,
        Buffered = Buffered + other.Buffered,
        Changed = Changed + other.Changed,
        Beyond = Beyond + other.Beyond,
        Filled = Filled + other.Filled,
    };
}
