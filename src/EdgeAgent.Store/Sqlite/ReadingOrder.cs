using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Sqlite;

/// <summary>Orders of readings by source time.</summary>
internal static class ReadingOrder
{
    public static void Identity(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
    }

    /// <summary>Sorts indexes, given in the order of arrival, by source time; of several readings of one instant the last to arrive stays.</summary>
    /// <returns>How many indexes remain at the front.</returns>
    public static int SortByTime(ReadOnlySpan<Reading> readings, Span<int> order)
    {
        if (!IsAscending(readings, order))
        {
            long[] ticks = new long[order.Length];
            for (int i = 0; i < order.Length; i++)
            {
                ticks[i] = readings[order[i]].SourceTicks;
            }

            // The arrival number as second key makes the sort stable.
            int[] arrival = new int[order.Length];
            Identity(arrival);
            Array.Sort(arrival, (a, b) => ticks[a] != ticks[b] ? ticks[a].CompareTo(ticks[b]) : a.CompareTo(b));
            int[] sorted = new int[order.Length];
            for (int i = 0; i < sorted.Length; i++)
            {
                sorted[i] = order[arrival[i]];
            }

            sorted.CopyTo(order);
        }

        return DropRepeats(readings, order);
    }

    private static bool IsAscending(ReadOnlySpan<Reading> readings, ReadOnlySpan<int> order)
    {
        for (int i = 1; i < order.Length; i++)
        {
            if (readings[order[i]].SourceTicks < readings[order[i - 1]].SourceTicks)
            {
                return false;
            }
        }

        return true;
    }

    private static int DropRepeats(ReadOnlySpan<Reading> readings, Span<int> order)
    {
        int kept = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (kept > 0 && readings[order[kept - 1]].SourceTicks == readings[order[i]].SourceTicks)
            {
                order[kept - 1] = order[i];
            }
            else
            {
                order[kept++] = order[i];
            }
        }

        return kept;
    }
}
