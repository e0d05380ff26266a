using EdgeAgent.Collector.Drivers;

namespace EdgeAgent.Collector.Scheduling;

/// <summary>One scan group whose device sends by itself: its due instants are looks at what stands then.</summary>
internal sealed class PushGroup(ScanGroup group, ScanGrid grid, DeviceState device, long intervalStamps, bool isFastest)
    : GroupClock(group, device, intervalStamps, isFastest)
{
    public ScanGrid Grid { get; } = grid;

    /// <summary>As an array, which is quicker to walk than the list.</summary>
    public int[] TagIds { get; } = [.. group.TagIds];

    /// <summary>Instants in a row at which nothing had come, and for which no lost message accounts yet.</summary>
    private long _silent;

    /// <summary>Lost messages since the last one for which no silent instant accounts yet.</summary>
    private long _gap;

    /// <summary>Takes in that messages are known to be lost between the last one and the one that has just come.</summary>
    public void NoteGap(long messages)
    {
        long accounted = Math.Min(messages, _silent);
        _silent -= accounted;
        _gap += messages - accounted;
    }

    /// <summary>Takes in instants, several when the loop was held up.</summary>
    /// <param name="silent">Whether nothing had come at them.</param>
    /// <returns>Whether what came does not count, because a lost message should have served the instant. There is no more than one such
    /// instant for each gap: those before it were silent, and the ones to come belong to other messages.</returns>
    public bool PassInstants(long instants, bool silent)
    {
        if (silent)
        {
            long accounted = Math.Min(instants, _gap);
            _gap -= accounted;
            _silent += instants - accounted;
            return false;
        }

        bool isLost = _gap > 0;
        (_silent, _gap) = (0, 0);
        return isLost;
    }
}
