namespace EdgeAgent.Assessment.RulePacks;

/// <summary>Checks that the weights of the indicator tree sum to 100 at every node and that each item stands in it once.</summary>
internal static class RulePackTreeCheck
{
    private const decimal Whole = 100;

    public static IEnumerable<string> Problems(RulePack pack)
    {
        if (pack.BandsOnly)
        {
            return pack.Dimensions.Count + pack.Items.Count + pack.Scenes.Count == 0
                ? []
                : ["bandsOnly: dimensions, items and scenes must be empty"];
        }

        return [.. Weights(pack), .. Items(pack)];
    }

    private static IEnumerable<string> Weights(RulePack pack)
    {
        string root = "dimensions";
        foreach (string problem in Sum(root, [.. pack.Dimensions.Select(d => (d.Name, d.Weight))]))
        {
            yield return problem;
        }

        foreach (RulePackDimension dimension in pack.Dimensions)
        {
            string groups = $"{RulePackPaths.Element(root, dimension.Name)}.groups";
            foreach (string problem in Sum(groups, [.. dimension.Groups.Select(g => (g.Name, g.Weight))]))
            {
                yield return problem;
            }

            foreach (RulePackGroup group in dimension.Groups)
            {
                string entries = $"{RulePackPaths.Element(groups, group.Name)}.entries";
                foreach (string problem in Sum(entries, [.. group.Entries.Select(e => (e.Name, e.Weight))]))
                {
                    yield return problem;
                }
            }
        }
    }

    private static IEnumerable<string> Sum(string place, (string Name, decimal Weight)[] children)
    {
        if (children.Any(c => c.Weight <= 0))
        {
            yield return $"{place}: weights above 0 expected";
        }

        decimal sum = children.Sum(c => c.Weight);
        if (sum != Whole)
        {
            string terms = string.Join(" + ", children.Select(c => FormattableString.Invariant($"{c.Weight:0.####} ({c.Name})")));
            yield return FormattableString.Invariant($"{place}: the weights {(terms.Length == 0 ? "of nothing" : terms)} sum to {sum:0.####}, 100 expected");
        }

        foreach (string twice in children.GroupBy(c => c.Name).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            yield return $"{place}: '{twice}' appears twice";
        }
    }

    private static IEnumerable<string> Items(RulePack pack)
    {
        int[] inTree = [.. pack.Dimensions.SelectMany(d => d.Groups).SelectMany(g => g.Entries).Select(e => e.Item)];
        foreach (int item in inTree.Where(i => pack.FindItem(i) is null).Distinct())
        {
            yield return $"dimensions: an entry asks for item {item}, which is not there";
        }

        foreach (RulePackQuestion item in pack.Items.Where(i => inTree.Count(t => t == i.No) != 1))
        {
            yield return $"items[{item.No}]: one entry of the tree must ask for it, and only one";
        }

        foreach (int rate in new[] { RulePack.DigitalizationNo, RulePack.NetworkingNo, RulePack.CollectionNo }.Where(i => pack.FindItem(i) is null))
        {
            yield return $"items: item {rate} is missing";
        }
    }
}
