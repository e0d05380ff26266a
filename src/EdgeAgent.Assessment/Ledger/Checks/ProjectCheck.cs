using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Checks the project's facts: dates within the accounting period of the rule pack, no negative amounts.</summary>
internal static class ProjectCheck
{
    public static IEnumerable<LedgerRefusal> Refusals(string subject, ProjectProfile project, RulePack? rules, Func<string, bool> isAsset)
    {
        if (string.IsNullOrWhiteSpace(project.Name))
        {
            yield return new LedgerRefusal(subject, "has no name", "项目名称");
        }

        if (project.To < project.From)
        {
            yield return new LedgerRefusal(subject, $"ends on {project.To:yyyy-MM-dd}, before it begins on {project.From:yyyy-MM-dd}", "an end after the beginning");
        }

        RulePackProject? window = rules?.Project;
        foreach (LedgerRefusal refusal in Within(subject, "项目实施期限 begins", project.From, window).Concat(Within(subject, "项目实施期限 ends", project.To, window)))
        {
            yield return refusal;
        }

        foreach (string system in project.Systems.Where(s => rules is { Scenes.Count: > 0 } && rules.FindScene(s) is null))
        {
            yield return new LedgerRefusal(subject, $"system '{LedgerCell.Show(system)}' is no scene", string.Join(", ", rules!.Scenes.Select(s => s.Name)));
        }

        for (int i = 0; i < project.Costs.Count; i++)
        {
            foreach (LedgerRefusal refusal in Cost($"{subject} cost {i + 1}", project.Costs[i], rules, isAsset))
            {
                yield return refusal;
            }
        }
    }

    private static IEnumerable<LedgerRefusal> Cost(string subject, ProjectCost cost, RulePack? rules, Func<string, bool> isAsset)
    {
        if (cost.ContractYuan < 0 || cost.InvoiceYuan < 0 || cost.PaidYuan < 0 || cost.PrepaidMonths < 0)
        {
            yield return new LedgerRefusal(subject, "has a negative amount", "0 or more");
        }

        // What is never subsidised may have been bought at any time.
        RulePackProject? window = rules?.Subsidy?.Kinds.Contains(cost.Kind) == true ? rules.Project : null;
        foreach (LedgerRefusal refusal in Within(subject, "contract is of", cost.ContractDate, window).Concat(Within(subject, "invoice is of", cost.InvoiceDate, window)))
        {
            yield return refusal;
        }

        if (cost.Kind == CostKind.DataCollection && rules?.Subsidy is { } subsidy && subsidy.HardwareExcluded.FirstOrDefault(cost.HardwareClass.Contains) is { } excluded)
        {
            yield return new LedgerRefusal(subject, $"{excluded} is no 数据采集传输设备", $"one of {string.Join(", ", subsidy.Hardware)}, or the kind Other");
        }

        foreach (string asset in cost.AssetNos.Where(a => !isAsset(a)))
        {
            yield return new LedgerRefusal(subject, $"asset '{LedgerCell.Show(asset)}' is not in the ledger", "an asset of the ledger");
        }
    }

    private static IEnumerable<LedgerRefusal> Within(string subject, string what, DateOnly? day, RulePackProject? window)
    {
        if (day < window?.From || day > window?.To)
        {
            string until = window.To is { } to ? $"{to:yyyy-MM-dd}" : "the day of the application";
            yield return new LedgerRefusal(subject, $"{what} {day:yyyy-MM-dd}, outside the accounting period", $"{window.From:yyyy-MM-dd} to {until}");
        }
    }
}
