namespace EdgeAgent.Collector.Drivers;

/// <summary>The end of one receive.</summary>
/// <param name="Kind">What was received.</param>
/// <param name="Device">The device that <paramref name="Problem"/> is about, or -1 when it is about none in particular.</param>
/// <param name="Problem">What is wrong, for people. Null with a <paramref name="Device"/> says that nothing is any more. A driver keeps
/// these texts ready, so that a receive allocates none.</param>
/// <param name="Lost">Readings of <paramref name="Device"/> (or of no device in particular) that are known to have been sent and to be
/// lost on the way: a gap in a counter, an overflown queue. They are shown, and logged through <paramref name="Problem"/>.</param>
/// <param name="Gap">Messages of <paramref name="Device"/>, each with its present values, that are known to be lost between the one before and
/// the one with which this is told. As many of the device's due instants since then are missed, but no more than there were.</param>
public readonly record struct PushOutcome(PushKind Kind, int Device = -1, string? Problem = null, int Lost = 0, int Gap = 0)
{
    /// <summary>One more than the device, so that an outcome by default is about none.</summary>
    private readonly int _deviceAndOne = Device + 1;

    public int Device
    {
        get => _deviceAndOne - 1;
        init => _deviceAndOne = value + 1;
    }
}
