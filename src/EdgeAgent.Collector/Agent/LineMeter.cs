namespace EdgeAgent.Collector.Agent;

/// <summary>Makes the busy part of the last while out of a count that only grows; asked by anyone, as often as they like.</summary>
internal sealed class LineMeter(TimeProvider time)
{
    /// <summary>Long enough to hold several scans of usual classes, short enough to show today's trouble.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private (long Stamp, TimeSpan Busy)? _older;
    private (long Stamp, TimeSpan Busy) _newer;

    /// <returns>Null while there is too little to tell.</returns>
    public double? Utilisation(TimeSpan busy)
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();

            // A count that was set back belongs to a line that was opened anew.
            if (_older is not { } older || busy < older.Busy)
            {
                _older = _newer = (now, busy);
                return null;
            }

            if (time.GetElapsedTime(_newer.Stamp, now) >= Window)
            {
                (_older, _newer) = (_newer, (now, busy));
            }

            TimeSpan elapsed = time.GetElapsedTime(older.Stamp, now);
            return elapsed < TimeSpan.FromSeconds(1) ? null : Math.Min(1, (busy - older.Busy) / elapsed);
        }
    }
}
