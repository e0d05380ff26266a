namespace EdgeAgent.Assessment.Ledger;

/// <summary>One line of the project's contract with its invoice and payment; what counts is the least of the three amounts.</summary>
/// <param name="HardwareClass">For 数据采集传输设备: the class in the rule pack's words, for instance 工业智能网关.</param>
/// <param name="ContractDate">Day of the contract.</param>
/// <param name="InvoiceDate">Day of the invoice; null while there is none.</param>
/// <param name="PrepaidMonths">For subscriptions paid ahead: months paid for; null otherwise.</param>
/// <param name="AssetNos">Assets of the ledger that it bought, so that funded hardware can be shown to carry data.</param>
public sealed record ProjectCost(
    CostKind Kind,
    string Description,
    string HardwareClass,
    string ContractNo,
    DateOnly ContractDate,
    decimal ContractYuan,
    string InvoiceNo,
    DateOnly? InvoiceDate,
    decimal InvoiceYuan,
    decimal PaidYuan,
    int? PrepaidMonths,
    IReadOnlyList<string> AssetNos)
{
    /// <summary>The least of contract, invoice and payment.</summary>
    public decimal SettledYuan => Math.Min(ContractYuan, Math.Min(InvoiceYuan, PaidYuan));
}
