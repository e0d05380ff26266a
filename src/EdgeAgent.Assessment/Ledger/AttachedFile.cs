namespace EdgeAgent.Assessment.Ledger;

/// <summary>A photo or document that is kept with the ledger under its hash.</summary>
/// <param name="Sha256">Lower-case hexadecimal; names the bytes in the folder of files.</param>
/// <param name="Name">File name as it was given.</param>
/// <param name="Kind">What it is, for instance 铭牌照片, 合同, 发票, 截图.</param>
/// <param name="Subject">What it belongs to; see <see cref="LedgerSubject"/>.</param>
public sealed record AttachedFile(string Sha256, string Name, string Kind, long SizeBytes, string Subject);
