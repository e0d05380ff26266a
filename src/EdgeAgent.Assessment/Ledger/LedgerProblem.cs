namespace EdgeAgent.Assessment.Ledger;

/// <summary>One thing that keeps a ledger file from being imported.</summary>
/// <param name="Row">Row as a spreadsheet numbers it (the header is row 1); 0 when it concerns the whole file.</param>
/// <param name="Column">Header of the column as written in the file; empty when it concerns the whole row.</param>
/// <param name="Value">The cell's text, shortened; control characters shown as escapes.</param>
public sealed record LedgerProblem(int Row, string Column, string Value, string Problem, string Expected)
{
    /// <summary>Sheet of a workbook; empty where there is but one table.</summary>
    public string Sheet { get; init; } = "";

    public override string ToString()
    {
        string place = Row == 0 ? "file" : Column.Length == 0 ? $"row {Row}" : $"row {Row}, column {Column}";
        place = Sheet.Length == 0 ? place : $"sheet {Sheet}, {place}";
        string value = Value.Length == 0 ? "" : $" '{Value}'";
        return $"{place}:{value} {Problem}; expected {Expected}";
    }

    /// <summary>The same in Chinese.</summary>
    public string InChinese()
    {
        string place = Row == 0 ? "文件" : Column.Length == 0 ? $"第 {Row} 行" : $"第 {Row} 行 {Column}";
        place = Sheet.Length == 0 ? place : $"工作表“{Sheet}”{place}";
        return $"{place}：{(Value.Length == 0 ? "" : $"“{Value}” ")}{ProblemTexts.Chinese(Problem)}（{ProblemTexts.Chinese(Expected)}）";
    }
}
