namespace EdgeAgent.Assessment.Ledger;

/// <summary>Takes the rows of a ledger file one after the other, header first, and collects assets and problems.</summary>
internal sealed class LedgerTableReader
{
    private const int TitleRowsMax = 9;
    private const int TitleCellsMax = 2;

    private readonly Dictionary<string, int> _rowOfAsset = new(StringComparer.OrdinalIgnoreCase);
    private readonly int[] _cellOfField = new int[LedgerColumn.All.Length];
    private string[]? _headers;
    private bool _headerIsUsable;

    public LedgerTableReader() => Array.Fill(_cellOfField, -1);

    public List<LedgerEntry> Entries { get; } = [];

    public List<LedgerProblem> Problems { get; } = [];

    public void Add(int row, string[] cells)
    {
        if (_headers is null)
        {
            if (!IsTitle(row, cells))
            {
                _headers = Array.ConvertAll(cells, cell => cell.Trim());
                ReadHeader(row);
            }

            return;
        }

        // Spreadsheets save emptied rows as nothing but separators.
        if (!_headerIsUsable || Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
        {
            return;
        }

        if (cells.Length != _headers.Length)
        {
            Problems.Add(new LedgerProblem(row, "", "", $"has {cells.Length} cells", $"{_headers.Length} cells as in the header"));
            return;
        }

        LedgerRowReader reader = new(row, cells, _headers, _cellOfField, Problems);
        if (reader.Read() is { } entry && IsNewAsset(entry))
        {
            Entries.Add(entry);
        }
    }

    /// <summary>Fields that the file has a column for.</summary>
    public IReadOnlyList<LedgerField> Fields => [.. LedgerColumn.All.Select(c => c.Field).Where(f => _cellOfField[(int)f] >= 0)];

    /// <summary>The field of a cell, once the header was read; null for a column that is none.</summary>
    public LedgerColumn? ColumnOf(int cell) => _headers is not null && cell < _headers.Length ? LedgerColumn.Find(_headers[cell]) : null;

    /// <summary>Call after the last row.</summary>
    public void Finish()
    {
        if (_headers is null)
        {
            Problems.Add(new LedgerProblem(0, "", "", "is empty", "a header row and one row for each asset"));
        }
        else if (_headerIsUsable && Entries.Count == 0 && Problems.Count == 0)
        {
            Problems.Add(new LedgerProblem(0, "", "", "has no asset", "one row for each asset below the header"));
        }
    }

    /// <summary>Whether a row before the header only says what the table is, as 设备台账 over all columns does.</summary>
    private static bool IsTitle(int row, string[] cells) =>
        row <= TitleRowsMax && LedgerColumn.CountHeaders(cells) == 0 && cells.Count(c => !string.IsNullOrWhiteSpace(c)) <= TitleCellsMax && cells.Length > TitleCellsMax;

    private void ReadHeader(int row)
    {
        int problemsBefore = Problems.Count;
        Array.Fill(_cellOfField, -1);
        for (int i = 0; i < _headers!.Length; i++)
        {
            LedgerColumn? column = LedgerColumn.Find(_headers[i]);
            if (LedgerColumn.IsRowNumber(_headers[i]))
            {
                continue;
            }

            if (column is null)
            {
                // Ignoring it would turn a misspelt retire date into an asset that never retires.
                string known = string.Join(", ", LedgerColumn.All.Select(c => c.Header));
                Problems.Add(new LedgerProblem(row, $"{i + 1}", LedgerCell.Show(_headers[i]), "is not a known header", $"one of {known}"));
            }
            else if (_cellOfField[(int)column.Field] >= 0)
            {
                Problems.Add(new LedgerProblem(row, _headers[i], "", $"repeats column {column.Header}", "each column once"));
            }
            else
            {
                _cellOfField[(int)column.Field] = i;
            }
        }

        foreach (LedgerColumn column in LedgerColumn.All.Where(c => c.Required && _cellOfField[(int)c.Field] < 0))
        {
            Problems.Add(new LedgerProblem(row, column.Header, "", "is missing", $"a column {column.Header} ({column.Others[^1]})"));
        }

        _headerIsUsable = Problems.Count == problemsBefore;
    }

    private bool IsNewAsset(LedgerEntry entry)
    {
        if (_rowOfAsset.TryAdd(entry.AssetNo, entry.Row))
        {
            return true;
        }

        string header = _headers![_cellOfField[(int)LedgerField.AssetNo]];
        Problems.Add(new LedgerProblem(
            entry.Row, header, LedgerCell.Show(entry.AssetNo), $"is the number of row {_rowOfAsset[entry.AssetNo]} too", "each asset number once"));
        return false;
    }
}
