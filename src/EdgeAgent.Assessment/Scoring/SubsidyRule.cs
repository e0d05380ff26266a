using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;

namespace EdgeAgent.Assessment.Scoring;

/// <summary>What the reached level would bring by the pack's rates and the project's settled costs.</summary>
internal static class SubsidyRule
{
    public static SubsidyEstimate? Estimate(RulePack pack, ProjectProfile? project, int level, DateOnly asOf)
    {
        if (pack.Subsidy is not { } subsidy || subsidy.Rates.FirstOrDefault(r => r.Level == level) is not { } rate)
        {
            return null;
        }

        decimal? eligible = project is null ? null : Eligible(pack, subsidy, project, asOf);
        decimal? amount = eligible is { } yuan ? Math.Min(Math.Floor(yuan * rate.Share * 100) / 100, rate.MaxYuan) : null;
        string text = amount is null
            ? $"{rate.Share * 100:0.##}% 的改造投入，最高 {rate.MaxYuan / 10_000:0.##} 万元；项目投入未登记"
            : $"{eligible:0.00} 元 × {rate.Share * 100:0.##}%，最高 {rate.MaxYuan / 10_000:0.##} 万元 → {amount:0.00} 元（估算，以主管部门核定为准）";
        return new SubsidyEstimate(level, rate.Share, rate.MaxYuan, eligible, amount, text);
    }

    /// <summary>Settled costs of the kinds and within the period that the pack names, services limited by software.</summary>
    public static decimal Eligible(RulePack pack, RulePackSubsidy subsidy, ProjectProfile project, DateOnly asOf)
    {
        Dictionary<CostKind, decimal> byKind = [];
        foreach (ProjectCost cost in project.Costs.Where(c => subsidy.Kinds.Contains(c.Kind) && IsWithin(pack.Project, c, asOf)
            && !subsidy.HardwareExcluded.Contains(c.HardwareClass)))
        {
            byKind[cost.Kind] = byKind.GetValueOrDefault(cost.Kind) + Math.Max(0, Prepaid(subsidy, cost));
        }

        if (subsidy.ServiceMaxOfSoftware is { } share && byKind.TryGetValue(CostKind.Service, out decimal service))
        {
            byKind[CostKind.Service] = Math.Min(service, share * byKind.GetValueOrDefault(CostKind.Software));
        }

        return byKind.Values.Sum();
    }

    private static bool IsWithin(RulePackProject? period, ProjectCost cost, DateOnly asOf)
    {
        DateOnly to = period?.To ?? asOf;
        bool Holds(DateOnly? day) => day is { } d && (period?.From is not { } from || d >= from) && d <= to;
        return Holds(cost.ContractDate) && Holds(cost.InvoiceDate);
    }

    /// <summary>A subscription paid ahead counts for the pack's number of months, and not beyond its last day.</summary>
    private static decimal Prepaid(RulePackSubsidy subsidy, ProjectCost cost)
    {
        if (cost.PrepaidMonths is not > 0 and var none)
        {
            return none is null || none <= 0 ? cost.SettledYuan : 0;
        }

        int months = cost.PrepaidMonths!.Value;
        int counted = Math.Min(months, subsidy.PrepaidMonthsMax ?? months);
        if (subsidy.PrepaidUntil is { } until && cost.InvoiceDate is { } begin)
        {
            int left = ((until.Year - begin.Year) * 12) + until.Month - begin.Month + (until.Day >= begin.Day ? 0 : -1);
            counted = Math.Min(counted, Math.Max(0, left));
        }

        return cost.SettledYuan * counted / months;
    }
}
