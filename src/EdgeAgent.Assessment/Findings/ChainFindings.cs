using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Findings;

/// <summary>Rule R3(g): batches that never arrived, and what agents gave up.</summary>
internal sealed class ChainFindings(IReadOnlyList<AgentChain> chains, ObservationWindow window)
{
    private const int RangesShownMax = 10;

    public IEnumerable<Finding> Build()
    {
        foreach (AgentChain chain in chains.OrderBy(c => c.Agent.Site, StringComparer.Ordinal).ThenBy(c => c.Agent.Agent, StringComparer.Ordinal).ThenBy(c => c.Incarnation))
        {
            SequenceRange[] gaps = [.. Gaps(chain.Sequences)];
            if (gaps.Length > 0)
            {
                yield return new Finding(
                    FindingCode.SequenceGap, FindingSeverity.Warning, chain.Agent.Agent, $"{gaps.Sum(g => g.Last - g.First + 1)} batches of the agent's chain never arrived", [],
                    [
                        new("incarnation", chain.Incarnation.ToString("N")),
                        .. gaps.Take(RangesShownMax).Select(g => new FindingEvidence("missing sequences", $"{g.First} to {g.Last}", chain.Agent.Agent)),
                        .. gaps.Length > RangesShownMax ? [new FindingEvidence("more gaps", FindingsBuilder.Number(gaps.Length - RangesShownMax))] : Array.Empty<FindingEvidence>(),
                    ]);
            }

            DiscardRecord[] lost = [.. chain.Discards.Where(d => d.Range.Readings > 0 && d.Range.LastTicks >= window.FromHour * UnixTicks.PerHour && d.Range.FirstTicks < UnixTicks.From(window.To))];
            if (lost.Length > 0)
            {
                yield return new Finding(
                    FindingCode.DeclaredLoss, FindingSeverity.Notice, chain.Agent.Agent, "the agent gave readings of the window up; they count as due and missed", [],
                    [.. lost.Take(RangesShownMax).Select(d => new FindingEvidence(
                        $"sequences {d.Range.FirstSequence} to {d.Range.LastSequence}: {d.Range.Reason}", FindingsBuilder.Number(d.Range.Readings), chain.Agent.Agent))]);
            }
        }
    }

    /// <summary>Between what is contiguous and the ranges above it.</summary>
    private static IEnumerable<SequenceRange> Gaps(SequenceRecord sequences)
    {
        long next = sequences.Contiguous + 1;
        foreach (SequenceRange range in sequences.Above)
        {
            yield return new SequenceRange(next, range.First - 1);
            next = range.Last + 1;
        }
    }
}
