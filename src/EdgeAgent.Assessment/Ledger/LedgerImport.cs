namespace EdgeAgent.Assessment.Ledger;

/// <summary>The outcome of reading a ledger file: the whole ledger, or every reason why not. Never a part of it.</summary>
/// <param name="Ledger">The ledger, or null when there are problems.</param>
/// <param name="Encoding">How the file was decoded, for instance <c>utf-8</c> or <c>gb18030</c>.</param>
public sealed record LedgerImport(DeviceLedger? Ledger, IReadOnlyList<LedgerProblem> Problems, string Encoding);
