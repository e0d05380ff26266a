namespace EdgeAgent.Core.Spreadsheets;

/// <summary>A cell as it was read.</summary>
/// <param name="Column">From 0.</param>
/// <param name="Text">What the cell says: text, a number in its shortest form, or a date as <c>2024-03-01</c>.</param>
/// <param name="Number">Of numbers and dates; NaN otherwise.</param>
public readonly record struct ReadCell(int Column, ReadCellKind Kind, string Text, double Number = double.NaN);

/// <summary>What a cell holds.</summary>
public enum ReadCellKind
{
    Text,
    Number,
    Date,
    Boolean,
    /// <summary>A formula, whatever its result.</summary>
    Formula,
    /// <summary>#N/A and the like.</summary>
    Error,
}

/// <summary>A row that has cells. Rows and cells without content are not read.</summary>
/// <param name="Number">As a spreadsheet numbers it, from 1.</param>
public readonly record struct ReadRow(int Number, IReadOnlyList<ReadCell> Cells)
{
    /// <summary>The text of a column; empty where there is none.</summary>
    public string this[int column]
    {
        get
        {
            foreach (ReadCell cell in Cells)
            {
                if (cell.Column == column)
                {
                    return cell.Text;
                }
            }

            return "";
        }
    }
}

/// <summary>Cells that are shown as one; only the first, top left, has content.</summary>
public readonly record struct MergedCells(int FirstColumn, int FirstRow, int LastColumn, int LastRow)
{
    public bool Contains(int column, int row) => column >= FirstColumn && column <= LastColumn && row >= FirstRow && row <= LastRow;
}
