namespace EdgeAgent.Assessment.Ledger;

/// <summary>One reason why changes are not recorded.</summary>
/// <param name="Subject">What it is about; see <see cref="LedgerSubject"/>.</param>
public sealed record LedgerRefusal(string Subject, string Problem, string Expected)
{
    public override string ToString() => $"{Subject}: {Problem}; expected {Expected}";
}
