using EdgeAgent.Assessment.Spreadsheets;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Turns one row of a ledger file into an asset, or into a problem for each bad cell.</summary>
internal ref struct LedgerRowReader(int row, string[] cells, string[] headers, int[] cellOfField, List<LedgerProblem> problems)
{
    private static readonly char[] ListSeparators = [';', '；', '、', '\r', '\n'];
    private readonly int _problemsBefore = problems.Count;

    public LedgerEntry? Read()
    {
        string assetNo = Text(LedgerField.AssetNo, required: true);
        string name = Text(LedgerField.Name, required: true);
        AssetCategory category = Term(LedgerField.Category, LedgerTerms.Categories, required: true);
        AssetStatus status = Term(LedgerField.Status, LedgerTerms.Statuses, required: true);
        DateOnly? commissioned = Date(LedgerField.CommissionDate, required: true);
        DateOnly? retired = Date(LedgerField.RetireDate);
        DateOnly? retrofitted = Date(LedgerField.RetrofitDate);
        if (retired < commissioned)
        {
            Refuse(LedgerField.RetireDate, "is before the asset was in service", "a day after the commissioning, or nothing");
        }

        LedgerEntry entry = new(
            row,
            assetNo,
            name,
            Text(LedgerField.Model),
            Text(LedgerField.Maker),
            Text(LedgerField.SerialNo),
            Text(LedgerField.Workshop),
            Text(LedgerField.Line),
            Text(LedgerField.Process),
            YesNo(LedgerField.IsKeyProcess),
            category,
            Term(LedgerField.CountUnit, LedgerTerms.Units, required: false),
            status,
            commissioned ?? default,
            retired,
            Basis(),
            Text(LedgerField.Interface),
            retrofitted,
            Text(LedgerField.Evidence).Split(ListSeparators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Text(LedgerField.ChangedBy),
            Date(LedgerField.ChangedAt),
            Text(LedgerField.Remark));
        return problems.Count == _problemsBefore ? entry : null;
    }

    private readonly string Text(LedgerField field, bool required = false)
    {
        LedgerColumn column = LedgerColumn.All[(int)field];
        string raw = cellOfField[(int)field] < 0 ? "" : cells[cellOfField[(int)field]];
        string text = FormulaText.Restore(raw).Trim();
        if (LedgerCell.IsBlank(text))
        {
            if (required)
            {
                Refuse(field, "is empty", "a value: the column is required");
            }

            return "";
        }

        if (FormulaText.IsFormula(raw) || FormulaText.IsFormula(text))
        {
            Refuse(field, "would be run as a formula by a spreadsheet", "text that does not begin with = + - @");
        }
        else if (LedgerCell.HasControl(text, lineBreaks: field is LedgerField.Evidence or LedgerField.Remark))
        {
            Refuse(field, "contains a control character", "printable text on one line");
        }
        else if (text.Length > column.LengthMax)
        {
            Refuse(field, $"has {text.Length} characters", $"at most {column.LengthMax}");
        }

        // Names keep their full width; numbers, words of the vocabulary and dates do not mean anything by it.
        return column.IsCode ? LedgerCell.HalfWidth(text) : text;
    }

    private readonly T Term<T>(LedgerField field, Terms<T> terms, bool required)
        where T : struct, Enum
    {
        string word = Text(field, required);
        if (!terms.TryParse(word, out T value) && word.Length > 0)
        {
            Refuse(field, "is not known", terms.Expected);
        }

        return value;
    }

    private readonly DigitalBasis Basis()
    {
        DigitalBasis basis = DigitalBasis.Unstated;
        foreach (string word in Text(LedgerField.DigitalBasis)
            .Split([.. ListSeparators, ',', '，', '+'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!LedgerTerms.Bases.TryParse(word, out DigitalBasis one))
            {
                Refuse(LedgerField.DigitalBasis, "is not known", LedgerTerms.Bases.Expected);
                return DigitalBasis.Unstated;
            }

            basis |= one;
        }

        if (basis.HasFlag(DigitalBasis.None) && basis != DigitalBasis.None)
        {
            Refuse(LedgerField.DigitalBasis, "says none and names one", "无 alone, or the basis");
        }

        return basis;
    }

    private readonly bool YesNo(LedgerField field)
    {
        string word = Text(field).ToLowerInvariant();
        if (word is not ("" or "是" or "否" or "√" or "yes" or "no" or "y" or "n" or "true" or "false" or "1" or "0"))
        {
            Refuse(field, "is neither yes nor no", "是 or 否");
        }

        return word is "是" or "√" or "yes" or "y" or "true" or "1";
    }

    private readonly DateOnly? Date(LedgerField field, bool required = false)
    {
        string text = Text(field, required);
        if (text.Length == 0)
        {
            return null;
        }

        if (LedgerDate.TryParse(text, out DateOnly date))
        {
            return date;
        }

        Refuse(field, "is not a date", LedgerDate.Expected);
        return null;
    }

    private readonly void Refuse(LedgerField field, string problem, string expected)
    {
        int cell = cellOfField[(int)field];
        (string header, string value) = cell < 0 ? (LedgerColumn.All[(int)field].Header, "") : (headers[cell], cells[cell]);

        // One problem a cell: a formula in a date column is not a bad date as well.
        if (problems.Count == _problemsBefore || problems[^1].Row != row || problems[^1].Column != header)
        {
            problems.Add(new LedgerProblem(row, header, LedgerCell.Show(value), problem, expected));
        }
    }
}
