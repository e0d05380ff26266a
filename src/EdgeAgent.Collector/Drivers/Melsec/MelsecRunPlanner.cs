using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>Tags that are read in one request.</summary>
/// <param name="FirstTag">Index of the first in the sorted list of the group.</param>
internal readonly record struct MelsecPlannedRun(MelsecRun Run, int FirstTag, int TagCount);

/// <summary>Joins the tags of a group into runs of words. A request costs a round trip, so gaps are read along generously.</summary>
internal static class MelsecRunPlanner
{
    public static MelsecTag[] Sort(IEnumerable<MelsecTag> tags) => [.. tags.OrderBy(t => t.Address.Area).ThenBy(t => t.Start).ThenBy(t => t.Id)];

    /// <param name="alone">Tags that the controller refused together with others; each is read by itself.</param>
    public static List<MelsecPlannedRun> Plan(MelsecTag[] sorted, int gapWordsMax, int wordsMax, IReadOnlySet<int> alone)
    {
        var runs = new List<MelsecPlannedRun>();
        for (int first = 0; first < sorted.Length;)
        {
            MelsecTag start = sorted[first];
            int perWord = start.DevicesPerWord;
            int end = start.End;
            int next = first + 1;
            while (next < sorted.Length && !alone.Contains(start.Id) && !alone.Contains(sorted[next].Id) && sorted[next].Address.Area == start.Address.Area
                && sorted[next].Start <= end + (gapWordsMax * perWord) && (Math.Max(end, sorted[next].End) - start.Start) / perWord <= wordsMax)
            {
                end = Math.Max(end, sorted[next].End);
                next++;
            }

            runs.Add(new MelsecPlannedRun(new MelsecRun(start.Address.Area, start.Start, (end - start.Start) / perWord), first, next - first));
            first = next;
        }

        return runs;
    }
}
