using System.Globalization;
using EdgeAgent.Assessment.Spreadsheets;
using EdgeAgent.Core.Model;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>One row of a sheet beside the assets; each way to read a cell reports what is wrong with it.</summary>
internal sealed class PartRow(LedgerPart part, ReadRow row, int[] places, bool since1904, List<LedgerProblem> problems)
{
    private const string TimeExpected = "a time such as 2025-11-20 08:00";

    private static readonly string[] TimeFormats =
    [
        "yyyy-M-d H:mm", "yyyy-M-d H:mm:ss", "yyyy-M-d H:mm:ss.FFFFFFF", "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss", "yyyy年M月d日 H:mm", "yyyy-M-d", "yyyy/M/d", "yyyy年M月d日",
    ];

    public int Number => row.Number;

    public LedgerPart Part => part;

    /// <summary>The text of a column, checked as cells of assets are; empty where there is none.</summary>
    public string Text(string header, bool lineBreaks = false)
    {
        PartColumn column = part.Columns[part.ColumnOf(header)];
        string raw = Raw(header);
        string text = FormulaText.Restore(raw).Trim();
        if (LedgerCell.IsBlank(text))
        {
            if (column.Required)
            {
                Refuse(header, "is empty", "a value: the column is required");
            }

            return "";
        }

        if (FormulaText.IsFormula(raw) || FormulaText.IsFormula(text))
        {
            Refuse(header, "would be run as a formula by a spreadsheet", "text that does not begin with = + - @");
        }
        else if (LedgerCell.HasControl(text, lineBreaks))
        {
            Refuse(header, "contains a control character", "printable text on one line");
        }
        else if (text.Length > column.LengthMax)
        {
            Refuse(header, $"has {text.Length} characters", $"at most {column.LengthMax}");
        }

        return text;
    }

    public bool YesNo(string header)
    {
        string word = Text(header).ToLowerInvariant();
        if (word is not ("" or "是" or "否" or "√" or "yes" or "no" or "y" or "n" or "true" or "false" or "1" or "0"))
        {
            Refuse(header, "is neither yes nor no", "是 or 否");
        }

        return word is "是" or "√" or "yes" or "y" or "true" or "1";
    }

    /// <summary>A level of a scene as a number or in words; null where there is none.</summary>
    public int? Level(string header)
    {
        string text = Text(header);
        int level = text switch { "无" => 0, "一级" => 1, "二级" => 2, "三级" => 3, "四级" => 4, [>= '0' and <= '4'] => text[0] - '0', _ => -1 };
        if (level < 0 && text.Length > 0)
        {
            Refuse(header, "is no level", "0 to 4");
        }

        return text.Length == 0 || level < 0 ? null : level;
    }

    /// <summary>An instant in the calendar of the ledger (Asia/Shanghai); null where there is none.</summary>
    public long? Time(string header)
    {
        if (Cell(header) is { Kind: ReadCellKind.Number, Number: var serial } && ExcelDate.TryReadTime(serial, since1904, out DateTime shown))
        {
            return LedgerCalendar.Ticks(shown);
        }

        string text = Text(header);
        if (text.Length == 0)
        {
            return null;
        }

        if (DateTime.TryParseExact(LedgerCell.HalfWidth(text), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return LedgerCalendar.Ticks(local);
        }

        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant))
        {
            return UnixTicks.From(instant);
        }

        Refuse(header, "is not a time", TimeExpected);
        return null;
    }

    public void Refuse(string header, string problem, string expected)
    {
        // One problem a cell, as in the sheet of assets.
        if (problems.Count == 0 || problems[^1] is not { } last || last.Sheet != part.Sheet || last.Row != row.Number || last.Column != header)
        {
            problems.Add(new LedgerProblem(row.Number, header, header.Length == 0 ? "" : LedgerCell.Show(Raw(header)), problem, expected) { Sheet = part.Sheet });
        }
    }

    private string Raw(string header) => Cell(header) is { } cell ? cell.Text : "";

    private ReadCell? Cell(string header)
    {
        int place = places[part.ColumnOf(header)];
        foreach (ReadCell cell in row.Cells)
        {
            if (cell.Column == place)
            {
                return cell;
            }
        }

        return null;
    }
}
