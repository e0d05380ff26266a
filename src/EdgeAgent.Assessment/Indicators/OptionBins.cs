namespace EdgeAgent.Assessment.Indicators;

/// <summary>Rule R5: which option of the questionnaire a rate n/N falls into, in whole numbers only.</summary>
/// <param name="upperTenths">Upper ends of the options in tenths, inclusive, ascending; the last option has none.</param>
public sealed class OptionBins(IReadOnlyList<int> upperTenths)
{
    /// <summary>The option's index, A = 0. A rate exactly on an upper end belongs to the lower option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">N is 0 (not computable), or n is not within 0..N.</exception>
    public int IndexOf(int n, int total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, total);
        for (int i = 0; i < upperTenths.Count; i++)
        {
            if (10L * n <= (long)upperTenths[i] * total)
            {
                return i;
            }
        }

        return upperTenths.Count;
    }

    /// <summary>How many more of the N assets must count for the next option; 0 when there is no next one.</summary>
    public int MissingForNext(int n, int total)
    {
        int option = IndexOf(n, total);
        return option == upperTenths.Count ? 0 : (int)((long)upperTenths[option] * total / 10) + 1 - n;
    }

    public static string Letter(int index) => ((char)('A' + index)).ToString();
}
