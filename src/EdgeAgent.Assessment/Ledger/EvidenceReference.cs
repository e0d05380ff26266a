namespace EdgeAgent.Assessment.Ledger;

/// <summary>An entry of the evidence index (佐证材料索引): what proves an answer, and where in the summary report it is found.</summary>
/// <param name="Title">What it is, in words.</param>
/// <param name="Sha256">The attached file, lower-case hexadecimal; empty when it is on paper only.</param>
/// <param name="Chapter">章节号 in the summary report; empty until the report is written.</param>
/// <param name="Page">具体页码; empty until the report is written.</param>
public sealed record EvidenceReference(string Title, string Sha256 = "", string Chapter = "", string Page = "");
