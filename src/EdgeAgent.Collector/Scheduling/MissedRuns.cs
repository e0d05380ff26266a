namespace EdgeAgent.Collector.Scheduling;

/// <summary>The due instants of one tag that were missed lately, as two runs of instant numbers, so that back-filled readings can fill them.</summary>
/// <remarks>Two runs, because a connection often breaks once more soon after it came back, and the longer gap is the one worth filling.
/// When there would be a third, the shorter one is forgotten: what is forgotten stays missed, so the count of filled instants is never too high.</remarks>
internal struct MissedRuns
{
    private long _olderFrom;
    private long _olderTo;
    private long _from;
    private long _to;

    /// <summary>Notes instants as missed; they come in ascending order.</summary>
    /// <param name="from">Number of the first.</param>
    /// <param name="count">How many.</param>
    public void Add(long from, long count)
    {
        if (_from == _to)
        {
            _from = from;
            _to = from + count;
        }
        else if (from <= _to)
        {
            _to = Math.Max(_to, from + count);
        }
        else
        {
            if (_to - _from >= _olderTo - _olderFrom)
            {
                (_olderFrom, _olderTo) = (_from, _to);
            }

            _from = from;
            _to = from + count;
        }
    }

    /// <summary>Fills an instant. What lies before it in its run cannot be filled any more, because readings come in order.</summary>
    /// <param name="index">Number of the instant.</param>
    /// <param name="reachesBack">Whether the reading before this one fills the instants up to here.</param>
    /// <param name="first">The first instant that was filled.</param>
    /// <returns>How many were filled, from <paramref name="first"/> to <paramref name="index"/>.</returns>
    public long Fill(long index, bool reachesBack, out long first) =>
        Fill(ref _olderFrom, _olderTo, index, reachesBack, out first) is > 0 and var filled
            ? filled
            : Fill(ref _from, _to, index, reachesBack, out first);

    private static long Fill(ref long from, long to, long index, bool reachesBack, out long first)
    {
        first = index;
        if (index < from || index >= to)
        {
            return 0;
        }

        if (reachesBack)
        {
            first = from;
        }

        from = index + 1;
        return index - first + 1;
    }
}
