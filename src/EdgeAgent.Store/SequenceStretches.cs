using EdgeAgent.Core.Model;

namespace EdgeAgent.Store;

/// <summary>Sequences cut into stretches of equal length, aligned so that every store cuts alike.</summary>
/// <param name="First">First sequence.</param>
/// <param name="Last">Last sequence, inclusive.</param>
/// <param name="Length">Sequences in a stretch; one begins at each multiple of it.</param>
public readonly record struct SequenceStretches(long First, long Last, long Length)
{
    /// <summary>Cuts [first, last] into at most so many stretches, of which the outer ones may be cut short.</summary>
    public static SequenceStretches Cut(long first, long last, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 2);
        first = Math.Max(first, 1);
        Int128 span = Int128.Max(1, (Int128)last - first + 1);
        return new SequenceStretches(first, last, (long)((span + max - 2) / (max - 1)));
    }

    /// <summary>The stretches in ascending order.</summary>
    public IEnumerable<SequenceRange> Ranges
    {
        get
        {
            for (long from = First; from <= Last;)
            {
                long end = Math.Min(Last, (((from / Length) + 1) * Length) - 1);
                yield return new SequenceRange(from, end);
                from = end + 1;
            }
        }
    }
}
