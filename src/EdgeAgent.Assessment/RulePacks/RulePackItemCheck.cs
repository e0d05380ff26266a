namespace EdgeAgent.Assessment.RulePacks;

/// <summary>Checks the questionnaire of a rule pack.</summary>
internal static class RulePackItemCheck
{
    public static IEnumerable<string> Problems(RulePack pack) =>
    [
        .. pack.Items.GroupBy(i => i.No).Where(g => g.Count() > 1).Select(g => $"items[{g.Key}]: appears twice"),
        .. pack.Items.SelectMany(item => Item(item).Select(problem => $"items[{item.No}]{problem}")),
        .. pack.Items.Where(i => i.No is RulePack.DigitalizationNo or RulePack.NetworkingNo).SelectMany(item => Rate(pack, item)),
        .. Collection(pack),
    ];

    private static IEnumerable<string> Item(RulePackQuestion item)
    {
        if (item.Title.Length == 0)
        {
            yield return ".title: must not be empty";
        }

        if (item.Options.Count < 2)
        {
            yield return ".options: two at least expected";
        }

        foreach (string key in item.Options.Select(o => o.Key).Concat(item.Numbers.Select(n => n.Key)).GroupBy(k => k).Where(g => g.Count() > 1 || g.Key.Length == 0).Select(g => g.Key))
        {
            yield return $": key '{key}' must be there once and not be empty";
        }

        foreach (RulePackOption option in item.Options.Where(o => o.Fraction is < 0 or > 1 || (o.Excludes && o.Fraction != 0)))
        {
            yield return $".options[{option.Key}].fraction: 0 to 1 expected, 0 for one that excludes the others";
        }

        decimal best = item.Type == QuestionType.Single ? item.Options.Select(o => o.Fraction).DefaultIfEmpty().Max() : item.Options.Sum(o => o.Fraction);
        if (best != 1 && !(item.Type == QuestionType.Multiple && item.Share == OptionShare.Equal))
        {
            yield return FormattableString.Invariant($".options: the best answer brings {best:0.####} of the points, 1 expected");
        }

        if (item.Type == QuestionType.Single && item.Share == OptionShare.Equal)
        {
            yield return ".share: equal shares are for multiple choices";
        }
    }

    private static IEnumerable<string> Rate(RulePack pack, RulePackQuestion item)
    {
        string place = $"items[{item.No}].options";
        if (item.Options.Count != pack.BinsTenths.Count + 1)
        {
            yield return $"{place}: {pack.BinsTenths.Count + 1} expected, one for each bin";
        }

        if (item.Options.Zip(item.Options.Skip(1)).Any(pair => pair.First.Fraction >= pair.Second.Fraction))
        {
            yield return $"{place}: ascending fractions expected";
        }
    }

    private static IEnumerable<string> Collection(RulePack pack) => pack.FindItem(RulePack.CollectionNo) is not { } item ? [] : item.Options
        .Where(o => !o.Excludes && pack.FindScene(o.Key) is null)
        .Select(o => $"items[{item.No}].options[{o.Key}]: the key of a scene expected");
}
