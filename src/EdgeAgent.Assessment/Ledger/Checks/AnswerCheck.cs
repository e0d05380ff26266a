using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Checks a typed answer against the questionnaire of a rule pack.</summary>
public static class AnswerCheck
{
    public static IEnumerable<LedgerRefusal> Refusals(string subject, TypedAnswer answer, RulePack rules)
    {
        if (rules.FindItem(answer.Item) is not { } item)
        {
            yield return new LedgerRefusal(subject, $"item {answer.Item} is not in rule pack {rules.Id}", $"one of {string.Join(", ", rules.Items.Select(i => i.No))}");
            yield break;
        }

        if (item.Answer == QuestionAnswer.Computed)
        {
            yield return new LedgerRefusal(subject, "is computed from collected data", "no typed answer");
            yield break;
        }

        string known = string.Join(", ", item.Options.Select(o => o.Key));
        foreach (string option in answer.Options.Where(o => item.Find(o) is null))
        {
            yield return new LedgerRefusal(subject, $"option '{LedgerCell.Show(option)}' is not known", $"of {known}");
        }

        if (answer.Options.Distinct().Count() != answer.Options.Count || (item.Type == QuestionType.Single && answer.Options.Count > 1))
        {
            yield return new LedgerRefusal(subject, $"has {answer.Options.Count} options", item.Type == QuestionType.Single ? "one (单选)" : "each option once");
        }

        if (item.Nothing is { } nothing && answer.Options.Contains(nothing.Key) && answer.Options.Count > 1)
        {
            yield return new LedgerRefusal(subject, $"says {nothing.Text} and more", $"{nothing.Text} alone, or the others");
        }

        foreach ((string key, decimal value) in answer.Numbers)
        {
            if (item.Numbers.FirstOrDefault(n => n.Key == key) is not { } number)
            {
                yield return new LedgerRefusal(subject, $"figure '{LedgerCell.Show(key)}' is not asked for", item.Numbers.Count == 0 ? "no figures" : $"of {string.Join(", ", item.Numbers.Select(n => n.Key))}");
            }
            else if (value < 0 && !number.MayBeNegative)
            {
                yield return new LedgerRefusal(subject, FormattableString.Invariant($"{number.Label} is {value}"), "0 or more");
            }
        }
    }
}
