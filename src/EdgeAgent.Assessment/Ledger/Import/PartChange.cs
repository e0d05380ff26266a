namespace EdgeAgent.Assessment.Ledger;

/// <summary>Something beside the assets that an import adds, changes or takes out.</summary>
/// <param name="Sheet">Its sheet.</param>
/// <param name="Row">Row of the sheet; 0 for what the file does not have any more.</param>
/// <param name="Subject">What it is, for instance <c>冲压车间/一线</c>.</param>
/// <param name="What">What becomes of it, in words.</param>
public sealed record PartChange(string Sheet, int Row, string Subject, PartChangeKind Kind, string What)
{
    internal LedgerChange Change { get; init; } = null!;
}

/// <summary>What an import does with something.</summary>
public enum PartChangeKind
{
    Add,
    Change,
    Remove,
}
