using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>What a workbook has beside the assets: the rows of each part, and the sheets that were not read.</summary>
/// <param name="Problems">What is wrong with them; comparing them adds more.</param>
/// <param name="PassedOver">Names of sheets that are no part of a ledger, such as the history, and so were not read.</param>
internal sealed record LedgerParts(IReadOnlyDictionary<LedgerPart, IReadOnlyList<PartRow>> Rows, List<LedgerProblem> Problems, IReadOnlyList<string> PassedOver)
{
    public static LedgerParts None => new(new Dictionary<LedgerPart, IReadOnlyList<PartRow>>(), [], []);

    /// <param name="assets">The sheet of assets.</param>
    public static LedgerParts Read(WorkbookReader workbook, int assets)
    {
        List<LedgerProblem> problems = [];
        Dictionary<LedgerPart, IReadOnlyList<PartRow>> rows = [];
        List<string> passedOver = [];
        for (int i = 0; i < workbook.SheetNames.Count; i++)
        {
            if (i == assets || IsEmpty(workbook, i))
            {
                continue;
            }

            if (PartOf(workbook, i) is { } part)
            {
                rows[part] = new PartReader(part, problems).Read(workbook, i);
            }
            else
            {
                passedOver.Add(workbook.SheetNames[i]);
            }
        }

        return new LedgerParts(rows, problems, passedOver);
    }

    /// <summary>The part that a sheet of a workbook is, or null.</summary>
    public static LedgerPart? PartOf(WorkbookReader workbook, int sheet) =>
        LedgerPart.Of(workbook.SheetNames[sheet], workbook.ReadRows(sheet).Take(1).SelectMany(r => r.Cells).Select(c => c.Text));

    private static bool IsEmpty(WorkbookReader workbook, int sheet) => !workbook.ReadRows(sheet).Any();
}
