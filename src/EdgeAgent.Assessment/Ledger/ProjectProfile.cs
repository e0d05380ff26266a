namespace EdgeAgent.Assessment.Ledger;

/// <summary>The transformation project: the second table of the application form (项目基本信息), and what was paid for it.</summary>
/// <param name="From">项目实施期限, first day.</param>
/// <param name="To">Last day; null while it runs.</param>
/// <param name="Provider">数字化服务商.</param>
/// <param name="Systems">项目部署软件/系统/平台情况: names of scenes.</param>
/// <param name="Costs">Contract lines with invoices and payments.</param>
public sealed record ProjectProfile(
    string Name,
    string ContractNo,
    DateOnly From,
    DateOnly? To,
    string Provider,
    IReadOnlyList<string> Systems,
    IReadOnlyList<ProjectCost> Costs)
{
    /// <summary>总投资额 in yuan: everything contracted, whether it can be subsidised or not.</summary>
    public decimal TotalYuan => Costs.Sum(c => c.ContractYuan);
}
