namespace EdgeAgent.Assessment.Ledger;

/// <summary>Changes were not recorded, none of them; names every reason.</summary>
public sealed class LedgerRefusedException(IReadOnlyList<LedgerRefusal> refusals)
    : Exception($"Nothing was recorded. {string.Join(Environment.NewLine, refusals)}")
{
    public IReadOnlyList<LedgerRefusal> Refusals { get; } = refusals;
}
