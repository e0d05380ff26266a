using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>Answers the items of the questionnaire: computed from data, suggested by data and confirmed, or typed with evidence.</summary>
/// <param name="suggested">For items 1 and 4: what data say for which option, by item and key.</param>
internal sealed class ItemScorer(
    RulePack pack, AnswerSheet answers, CoverageReport report, IReadOnlyDictionary<(int Item, string Option), BilingualText> suggested)
{
    public IReadOnlyList<ItemResult> Score() => [.. pack.Items.OrderBy(i => i.No).Select(Score)];

    private ItemResult Score(RulePackQuestion item)
    {
        TypedAnswer? typed = answers.Find(item.No);
        List<BilingualText> problems = [];
        if (item.Answer == QuestionAnswer.Computed)
        {
            return Computed(item, item.No == RulePack.DigitalizationNo ? report.Digitalization : report.Networking, typed, problems);
        }

        bool numbersHold = CheckNumbers(item, typed, problems);
        (string? derived, string? value) = numbersHold ? Derived(item, typed, problems) : (null, null);
        HashSet<string> chosen = [.. Known(item, typed, problems)];
        if (derived is not null)
        {
            if (chosen.Count > 0 && !chosen.SetEquals([derived]))
            {
                string said = string.Join("、", chosen.Select(c => Text(item, c)));
                problems.Add(new BilingualText(
                    $"由数据得出“{Text(item, derived)}”，填报为“{said}”；以数据为准", $"the figures say {Text(item, derived)}, the answer says {said}; the figures count"));
            }

            chosen = [derived];
        }

        CheckChoice(item, chosen, problems);
        bool hasEvidence = typed is { Evidence.Count: > 0 };
        bool accepted = numbersHold && (typed is null || chosen.Count == 0 || hasEvidence || chosen.All(c => suggested.ContainsKey((item.No, c)) || Fraction(item, c) == 0));
        if (typed is not null && !accepted && numbersHold)
        {
            problems.Add(new BilingualText("得分的答案至少需要一条佐证材料索引", "a typed answer that brings points needs an entry of the evidence index"));
        }

        HashSet<string> ticked = accepted ? [.. chosen] : [.. chosen.Where(c => suggested.ContainsKey((item.No, c)))];
        if (item.No == RulePack.CollectionNo)
        {
            ticked.UnionWith(item.Options.Where(o => suggested.ContainsKey((item.No, o.Key))).Select(o => o.Key));
            ticked.ExceptWith(ticked.Count > 1 && item.Nothing is { } nothing ? [nothing.Key] : []);
        }

        CheckFullCoverage(item, ticked, problems);
        return Result(item, typed, ticked, value, problems);
    }

    private ItemResult Computed(RulePackQuestion item, RateResult rate, TypedAnswer? typed, List<BilingualText> problems)
    {
        if (rate.Option is null)
        {
            problems.Add(new BilingualText("不可计算：台账中没有计入统计的设备", "不可计算: no asset of the ledger counts"));
        }

        if (typed is not null && (typed.Options.Count > 0 || typed.Numbers.Count > 0))
        {
            problems.Add(new BilingualText("本题由采集数据计算，人工填报的内容不采用", "this item is computed from data; what was typed is not used"));
        }

        OptionResult[] options = [.. item.Options.Select((o, i) => new OptionResult(
            o.Key, o.Text, pack.PointsOf(item, [o.Key]), OptionBins.Letter(i) == rate.Option, AnswerSource.Computed, OptionBins.Letter(i) == rate.Option, null))];
        Dictionary<string, decimal> numbers = [];
        foreach (RulePackNumber number in item.Numbers)
        {
            numbers[number.Key] = number.Key == "total" ? rate.D : rate.N;
        }

        (string dimension, string group, string entry) = PlaceOf(item.No);
        return new ItemResult(
            item.No, dimension, group, entry, item.Title, false, AnswerSource.Computed, rate.N, rate.D, rate.Rate, rate.Option,
            [.. options.Where(o => o.Ticked).Select(o => o.Text)], rate.Option is null ? 0 : 1, 0, pack.MaxPoints(item.No), rate.Points, rate.Next, options,
            [.. typed?.Evidence.Select(Describe) ?? []], numbers, problems);
    }

    /// <summary>The option that follows from typed figures: a share of revenue, or a direction.</summary>
    private (string? Option, string? Value) Derived(RulePackQuestion item, TypedAnswer? typed, List<BilingualText> problems)
    {
        if (typed is null || typed.Numbers.Count == 0)
        {
            return (null, null);
        }

        if (DirectionRule.AppliesTo(item))
        {
            (string? option, string? value, BilingualText? problem) = DirectionRule.Of(item, typed.Numbers, pack.SteadyTolerance);
            problems.AddRange(problem is null ? [] : [problem]);
            return (option, value);
        }

        if (item.Type == QuestionType.Single && item.Options.Count == pack.BinsTenths.Count + 1
            && typed.Numbers.TryGetValue("investment", out decimal part) && typed.Numbers.TryGetValue("revenue", out decimal whole))
        {
            if (whole == 0)
            {
                problems.Add(new BilingualText("不可计算：营业收入为 0", "不可计算: the revenue is 0"));
                return (null, null);
            }

            int bin = 0;
            while (bin < pack.BinsTenths.Count && part * 10 > pack.BinsTenths[bin] * whole)
            {
                bin++;
            }

            if (part > whole)
            {
                problems.Add(new BilingualText("投入额大于营业收入", "the investment is larger than the revenue"));
                return (null, null);
            }

            return (item.Options[bin].Key, $"{Math.Round(part * 100 / whole, 2, MidpointRounding.AwayFromZero):0.00}%");
        }

        return (null, null);
    }

    private static bool CheckNumbers(RulePackQuestion item, TypedAnswer? typed, List<BilingualText> problems)
    {
        int before = problems.Count;
        foreach ((string key, decimal value) in typed?.Numbers ?? new Dictionary<string, decimal>())
        {
            RulePackNumber? number = item.Numbers.FirstOrDefault(n => n.Key == key);
            if (number is null)
            {
                problems.Add(new BilingualText($"本题没有数据项“{key}”", $"figure '{key}' is none of this item"));
            }
            else if (value < 0 && !number.MayBeNegative)
            {
                problems.Add(new BilingualText($"{number.Label}为负数（{value}）", $"{number.Label} is negative ({value})"));
            }
            else if (number.Unit == "%" && value > 100)
            {
                problems.Add(new BilingualText($"{number.Label}超过 100 %", $"{number.Label} is above 100 %"));
            }
        }

        return problems.Count == before;
    }

    private static IEnumerable<string> Known(RulePackQuestion item, TypedAnswer? typed, List<BilingualText> problems)
    {
        foreach (string key in typed?.Options ?? [])
        {
            if (item.Find(key) is null)
            {
                problems.Add(new BilingualText($"本题没有选项“{key}”", $"option '{key}' is none of this item"));
            }
            else
            {
                yield return key;
            }
        }
    }

    private static void CheckChoice(RulePackQuestion item, HashSet<string> chosen, List<BilingualText> problems)
    {
        if (item.Type == QuestionType.Single && chosen.Count > 1)
        {
            problems.Add(new BilingualText("单选题只能选一项", "only one option may be chosen"));
            chosen.Clear();
        }

        if (item.Nothing is { } nothing && chosen.Contains(nothing.Key) && chosen.Count > 1)
        {
            problems.Add(new BilingualText($"选了“{nothing.Text}”就不能再选其他选项", $"{nothing.Text} excludes the other options"));
            chosen.Clear();
        }
    }

    /// <summary>Rule R10: 网络全面覆盖 needs the options before it where the pack says so.</summary>
    private void CheckFullCoverage(RulePackQuestion item, HashSet<string> ticked, List<BilingualText> problems)
    {
        string[] real = [.. item.Options.Where(o => !o.Excludes).Select(o => o.Key)];
        if (item.No == NetworkRule.ItemNo && pack.FullCoverageNeedsOthers && ticked.Contains(real[^1]) && !real[..^1].All(ticked.Contains))
        {
            ticked.Remove(real[^1]);
            problems.Add(new BilingualText($"选“{Text(item, real[^1])}”须先具备其前各项", $"option {real[^1]} needs the options before it"));
        }
    }

    private ItemResult Result(RulePackQuestion item, TypedAnswer? typed, HashSet<string> ticked, string? value, List<BilingualText> problems)
    {
        bool IsAuto(string key) => item.No == RulePack.CollectionNo && suggested.ContainsKey((item.No, key));
        OptionResult[] options = [.. item.Options.Select(o => new OptionResult(
            o.Key, o.Text, pack.PointsOf(item, [o.Key]), ticked.Contains(o.Key),
            !ticked.Contains(o.Key) ? AnswerSource.Missing
                : IsAuto(o.Key) ? AnswerSource.Computed
                : suggested.ContainsKey((item.No, o.Key)) ? AnswerSource.Derived
                : AnswerSource.Typed,
            suggested.ContainsKey((item.No, o.Key)), suggested.GetValueOrDefault((item.No, o.Key))))];
        AnswerSource[] sources = [.. options.Where(o => o.Ticked).Select(o => o.Source).Distinct()];
        int auto = options.Count(o => o.Ticked && o.Source == AnswerSource.Computed);
        (string dimension, string group, string entry) = PlaceOf(item.No);
        return new ItemResult(
            item.No, dimension, group, entry, item.Title, item.Type == QuestionType.Multiple,
            sources.Length switch { 0 => AnswerSource.Missing, 1 => sources[0], _ => AnswerSource.Mixed },
            null, null, value, item.Type == QuestionType.Single ? ticked.FirstOrDefault() : null,
            [.. options.Where(o => o.Ticked).Select(o => o.Text)], auto, options.Count(o => o.Ticked) - auto,
            pack.MaxPoints(item.No), pack.PointsOf(item, ticked), null, options,
            [.. typed?.Evidence.Select(Describe) ?? []], typed?.Numbers ?? new Dictionary<string, decimal>(), problems);
    }

    private (string Dimension, string Group, string Entry) PlaceOf(int item)
    {
        foreach (RulePackDimension dimension in pack.Dimensions)
        {
            foreach (RulePackGroup group in dimension.Groups)
            {
                if (group.Entries.FirstOrDefault(e => e.Item == item) is { } entry)
                {
                    return (dimension.Name, group.Name, entry.Name);
                }
            }
        }

        return ("", "", "");
    }

    private static string Text(RulePackQuestion item, string key) => item.Find(key)?.Text ?? key;

    private static decimal Fraction(RulePackQuestion item, string key) => item.Find(key)?.Fraction ?? 0;

    internal static string Describe(EvidenceReference reference) => string.Join(
        ' ', new[] { reference.Title, reference.Chapter.Length > 0 ? $"章节 {reference.Chapter}" : "", reference.Page.Length > 0 ? $"页码 {reference.Page}" : "", reference.Sha256.Length > 0 ? $"SHA-256 {reference.Sha256}" : "" }
            .Where(part => part.Length > 0));
}
