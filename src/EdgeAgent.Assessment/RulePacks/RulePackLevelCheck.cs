namespace EdgeAgent.Assessment.RulePacks;

/// <summary>Checks scenes, levels, project and subsidy of a rule pack.</summary>
internal static class RulePackLevelCheck
{
    public static IEnumerable<string> Problems(RulePack pack) => [.. Scenes(pack), .. Levels(pack), .. Project(pack), .. Subsidy(pack)];

    private static IEnumerable<string> Scenes(RulePack pack) =>
    [
        .. pack.Scenes.GroupBy(s => s.Name).Where(g => g.Count() > 1 || g.Key.Length == 0).Select(g => $"scenes[{g.Key}]: a name, once, expected"),
        .. pack.Scenes.Where(s => s.Levels.Any(l => l.Level is < 1 or > 4)).Select(s => $"scenes[{s.Name}].levels: 1 to 4 expected"),
    ];

    private static IEnumerable<string> Levels(RulePack pack)
    {
        IReadOnlyList<RulePackLevel> levels = pack.Levels;
        if (levels.Count == 0 || !levels.Select(l => l.Level).SequenceEqual(Enumerable.Range(1, levels.Count)))
        {
            yield return "levels: 1, 2, 3 … in ascending order expected";
        }

        if (levels.Zip(levels.Skip(1)).Any(pair => pair.First.Score >= pair.Second.Score || pair.First.Scenes > pair.Second.Scenes || pair.First.Constrained > pair.Second.Constrained))
        {
            yield return "levels: a higher level must take a higher score and not fewer scenes";
        }

        foreach (RulePackLevel level in levels)
        {
            if (level.Score is < 0 or > 100)
            {
                yield return $"levels[{level.Level}].score: 0 to 100 expected";
            }

            if (level.Constrained < 0 || level.Constrained > level.Scenes || level.Scenes > pack.Scenes.Count || level.Constrained > pack.Scenes.Count(s => s.Constrained))
            {
                yield return $"levels[{level.Level}]: constrained must not be above scenes, and neither above how many scenes there are";
            }
        }
    }

    private static IEnumerable<string> Project(RulePack pack)
    {
        if (pack.Project is { From: { } from, To: { } to } && to < from)
        {
            yield return "project.to: is before project.from";
        }
    }

    private static IEnumerable<string> Subsidy(RulePack pack)
    {
        if (pack.Subsidy is not { } subsidy)
        {
            yield break;
        }

        foreach (RulePackSubsidyRate rate in subsidy.Rates)
        {
            if (pack.Levels.All(l => l.Level != rate.Level) || rate.Share is <= 0 or > 1 || rate.MaxYuan <= 0)
            {
                yield return $"subsidy.rates[{rate.Level}]: a level of the pack, a share above 0 and at most 1, and a limit expected";
            }
        }

        if (subsidy.Rates.Select(r => r.Level).Distinct().Count() != subsidy.Rates.Count)
        {
            yield return "subsidy.rates: each level once expected";
        }

        if (subsidy.ServiceMaxOfSoftware < 0 || subsidy.PrepaidMonthsMax < 0)
        {
            yield return "subsidy: limits of 0 or more expected";
        }

        foreach (string both in subsidy.Hardware.Intersect(subsidy.HardwareExcluded))
        {
            yield return $"subsidy.hardware: '{both}' counts and is excluded";
        }
    }
}
