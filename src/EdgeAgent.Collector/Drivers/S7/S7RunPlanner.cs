using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>Joins the tags of a group into runs, and packs runs into requests that fit the agreed message.</summary>
/// <remarks>An item costs 12 bytes of request and 4 of answer, so a small gap is cheaper read along. A run never grows beyond what one answer holds.</remarks>
internal static class S7RunPlanner
{
    /// <summary>Sorts by area, block and place, so that neighbours stand beside each other.</summary>
    public static S7Tag[] Sort(IEnumerable<S7Tag> tags) =>
        [.. tags.OrderBy(t => t.Address.Area).ThenBy(t => t.Address.Block).ThenBy(t => t.Address.Start).ThenBy(t => t.Id)];

    /// <param name="alone">Tags that the controller refused together with others; each is read by itself.</param>
    public static List<S7Run> Plan(S7Tag[] sorted, int gapBytesMax, int pduBytes, IReadOnlySet<int> alone)
    {
        int runBytesMax = pduBytes - S7Frames.AnswerBytes(1, 0);
        var runs = new List<S7Run>();
        int offset = 0;
        for (int first = 0; first < sorted.Length;)
        {
            S7Address start = sorted[first].Address;
            int end = sorted[first].End;
            int next = first + 1;
            while (next < sorted.Length && !alone.Contains(sorted[first].Id) && !alone.Contains(sorted[next].Id)
                && sorted[next].Address.Area == start.Area && sorted[next].Address.Block == start.Block
                && sorted[next].Address.Start <= end + gapBytesMax && Math.Max(end, sorted[next].End) - start.Start <= runBytesMax)
            {
                end = Math.Max(end, sorted[next].End);
                next++;
            }

            runs.Add(new S7Run(new S7ReadItem(start.Area, start.Block, start.Start, end - start.Start), first, next - first, offset));
            offset += end - start.Start;
            first = next;
        }

        return runs;
    }

    /// <summary>How many of the runs from <paramref name="first"/> fit one request and its answer.</summary>
    public static int FitCount(IReadOnlyList<S7Run> runs, int first, int pduBytes)
    {
        int data = 0;
        int count = 0;
        while (first + count < runs.Count && count < S7Frames.ItemsMax)
        {
            int length = runs[first + count].Item.Length;
            data += length + (length & 1);
            if (S7Frames.AnswerBytes(count + 1, data) > pduBytes || S7Frames.RequestBytes(count + 1) > pduBytes)
            {
                break;
            }

            count++;
        }

        // One item always goes: a run is never longer than an answer, and the padding byte of a last odd one is not sent.
        return Math.Max(1, count);
    }
}
