using EdgeAgent.Assessment.Indicators;

namespace EdgeAgent.Assessment.Portfolio;

/// <summary>Many enterprises at one instant (provider or district).</summary>
/// <param name="ByLevel">How many enterprises are at each level, 0 to 4.</param>
/// <param name="AtLevel2">Enterprises at level 2 and above of all that were assessed.</param>
/// <param name="ByIndustry">Sums over the enterprises of an industry.</param>
/// <param name="CloseToNextOption">Enterprises that need the fewest devices for the next option of a rate, the closest first.</param>
/// <param name="StoppedSending">Sites that sent before and did not in the last day.</param>
public sealed record PortfolioReport(
    DateTimeOffset AsOf,
    string RulePackId,
    string RulePackSha256,
    int Enterprises,
    IReadOnlyList<LevelCount> ByLevel,
    Fraction AtLevel2,
    IReadOnlyList<IndustrySummary> ByIndustry,
    IReadOnlyList<CloseEnterprise> CloseToNextOption,
    IReadOnlyList<string> StoppedSending,
    IReadOnlyList<EnterpriseSummary> Sites)
{
    /// <summary>No more devices than this count as close to the next option.</summary>
    private const int CloseDevicesMax = 5;

    private const int ReachingLevel = 2;

    /// <summary>Whether identical series, clocks and chains were looked at too; on large hubs they are not.</summary>
    public bool EveryCheck { get; init; }

    /// <summary>Rolls up; the order of the enterprises plays no part.</summary>
    public static PortfolioReport Of(DateTimeOffset asOf, RulePacks.LoadedRulePack pack, IEnumerable<EnterpriseSummary> enterprises)
    {
        EnterpriseSummary[] all = [.. enterprises.OrderBy(e => e.Site, StringComparer.Ordinal)];
        EnterpriseSummary[] assessed = [.. all.Where(e => e.Problem is null)];
        return new PortfolioReport(
            asOf.ToOffset(ShanghaiTime.Offset), pack.Rules.Id, pack.Sha256, all.Length,
            [.. Enumerable.Range(0, 5).Select(level => new LevelCount(level, assessed.Count(e => e.Level == level)))],
            new Fraction(assessed.Count(e => e.Level >= ReachingLevel), assessed.Length),
            [.. assessed.GroupBy(e => e.Industry, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(Industry)],
            [.. assessed.SelectMany(Close).OrderBy(c => c.Devices).ThenBy(c => c.Site, StringComparer.Ordinal).ThenBy(c => c.Item)],
            [.. all.Where(e => e.StoppedSending).Select(e => e.Site)],
            all);
    }

    private static IndustrySummary Industry(IGrouping<string, EnterpriseSummary> industry) => new(
        industry.Key, industry.Count(),
        new Fraction(industry.Sum(e => (long)(e.Digitalization?.N ?? 0)), industry.Sum(e => (long)e.Total)),
        new Fraction(industry.Sum(e => (long)(e.Networking?.N ?? 0)), industry.Sum(e => (long)e.Total)),
        new Fraction(industry.Sum(e => e.Completeness.N), industry.Sum(e => e.Completeness.D)),
        new Fraction(industry.Count(e => e.Level >= ReachingLevel), industry.Count()));

    private static IEnumerable<CloseEnterprise> Close(EnterpriseSummary enterprise)
    {
        foreach (RateResult? rate in new[] { enterprise.Digitalization, enterprise.Networking })
        {
            if (rate?.Next is { } next && next.Devices <= CloseDevicesMax)
            {
                yield return new CloseEnterprise(enterprise.Site, enterprise.Name, rate.No, rate.Option!, next.Option, next.Devices, next.Points - (rate.Points ?? 0));
            }
        }
    }
}

/// <summary>Enterprises at one level.</summary>
public sealed record LevelCount(int Level, int Enterprises);

/// <summary>An industry in sums: devices over devices, not a mean of rates.</summary>
public sealed record IndustrySummary(string Industry, int Enterprises, Fraction Digitalization, Fraction Networking, Fraction Completeness, Fraction AtLevel2);

/// <summary>An enterprise that needs few devices for the next option.</summary>
/// <param name="Points">What the option would bring more.</param>
public sealed record CloseEnterprise(string Site, string Name, int Item, string Option, string Next, int Devices, decimal Points);
