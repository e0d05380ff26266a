namespace EdgeAgent.Assessment.Evidence.Chains;

/// <summary>The candidates with the lowest ranks, at most <see cref="SampleDraw.PerDevice"/> of them.</summary>
internal sealed class LowestRanks
{
    private readonly List<SampleCandidate> _kept = new(SampleDraw.PerDevice + 1);
    private ulong _limit = ulong.MaxValue;

    /// <summary>Ascending by rank.</summary>
    public IReadOnlyList<SampleCandidate> Kept => _kept;

    /// <summary>Whether a candidate of this rank would be kept; most are not, and need not be made.</summary>
    public bool Takes(ulong rank) => rank < _limit;

    public void Add(in SampleCandidate candidate)
    {
        int at = _kept.Count;
        while (at > 0 && _kept[at - 1].Rank > candidate.Rank)
        {
            at--;
        }

        _kept.Insert(at, candidate);
        if (_kept.Count > SampleDraw.PerDevice)
        {
            _kept.RemoveAt(SampleDraw.PerDevice);
        }

        _limit = _kept.Count == SampleDraw.PerDevice ? _kept[^1].Rank : ulong.MaxValue;
    }
}
