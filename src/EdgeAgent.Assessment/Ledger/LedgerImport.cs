namespace EdgeAgent.Assessment.Ledger;

/// <summary>The outcome of reading a ledger file: the whole ledger, or every reason why not. Never a part of it.</summary>
/// <param name="Ledger">The ledger, or null when there are problems.</param>
/// <param name="Encoding">How the file was decoded, for instance <c>utf-8</c> or <c>gb18030</c>.</param>
public sealed record LedgerImport(DeviceLedger? Ledger, IReadOnlyList<LedgerProblem> Problems, string Encoding)
{
    /// <summary>Fields that the file has a column for; what it has none for says nothing about an asset that is known already.</summary>
    internal IReadOnlyList<LedgerField> Fields { get; init; } = [];

    /// <summary>What the file has beside the assets.</summary>
    internal LedgerParts Parts { get; init; } = LedgerParts.None;
}
