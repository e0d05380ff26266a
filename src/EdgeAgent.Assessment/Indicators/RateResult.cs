using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>One rate and the option of the questionnaire that follows from it (rules R4 and R5).</summary>
/// <param name="No">Number of the item.</param>
/// <param name="Rate">For people: <c>45.00% (9/20)</c>, or 不可计算.</param>
/// <param name="Option">A to E, or null when the rate cannot be computed; never 0 % and never 100 % of nothing.</param>
/// <param name="Next">What it takes to reach the next option; null at the last one.</param>
public sealed record RateResult(int No, string Title, int N, int D, string Rate, string? Option, decimal? Points, NextOption? Next)
{
    /// <exception cref="ArgumentOutOfRangeException">n is larger than N.</exception>
    public static RateResult Of(RulePackItem item, IReadOnlyList<int> binsTenths, int n, int total)
    {
        string rate = new Fraction(n, total).ToString();
        if (total == 0 && n == 0)
        {
            return new RateResult(item.No, item.Title, n, total, rate, null, null, null);
        }

        OptionBins bins = new(binsTenths);
        int option = bins.IndexOf(n, total);
        int missing = bins.MissingForNext(n, total);
        NextOption? next = missing == 0
            ? null
            : new NextOption(OptionBins.Letter(bins.IndexOf(n + missing, total)), missing, item.Points[bins.IndexOf(n + missing, total)]);
        return new RateResult(item.No, item.Title, n, total, rate, OptionBins.Letter(option), item.Points[option], next);
    }
}

/// <summary>The distance to the next option.</summary>
/// <param name="Devices">How many more assets of the same denominator must count.</param>
/// <param name="Points">The points that the option has.</param>
public sealed record NextOption(string Option, int Devices, decimal Points);
