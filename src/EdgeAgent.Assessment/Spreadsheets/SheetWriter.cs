using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Assessment.Spreadsheets;

/// <summary>Writes the rows of one sheet of a <see cref="WorkbookWriter"/>.</summary>
public sealed class SheetWriter
{
    /// <summary>The most rows that a sheet of Excel has.</summary>
    public const int RowsMax = CellReference.RowMax;

    private readonly OpenXmlWriter _writer;
    private readonly IReadOnlyList<SheetColumn> _columns;
    private readonly int _headerRow;
    private readonly string[] _letters;
    private int _row;
    private bool _isFinished;

    internal SheetWriter(WorksheetPart part, IReadOnlyList<SheetColumn> columns, IReadOnlyList<string> title)
    {
        _columns = columns;
        _headerRow = title.Count + 1;
        _letters = [.. Enumerable.Range(0, columns.Count).Select(CellReference.ColumnName)];
        _writer = OpenXmlWriter.Create(part);
        _writer.WriteStartElement(new Worksheet());
        _writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        _writer.WriteElement(new SheetViews(new SheetView(new Pane
        {
            VerticalSplit = _headerRow, TopLeftCell = $"A{_headerRow + 1}", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen,
        }) { WorkbookViewId = 0 }));
        if (columns.Count > 0)
        {
            _writer.WriteElement(new Columns(columns.Select((c, i) => new Column { Min = (uint)(i + 1), Max = (uint)(i + 1), Width = c.WidthChars, CustomWidth = true })));
        }

        _writer.WriteStartElement(new SheetData());
        foreach (string line in title)
        {
            Write([line], WorkbookStyles.Plain);
        }

        Write([.. columns.Select(c => SheetCell.Text(c.Header))], WorkbookStyles.Header);
    }

    /// <summary>Adds a row; cells beyond those given are blank.</summary>
    /// <exception cref="ArgumentException">There are more cells than columns, or more rows than a sheet holds.</exception>
    public void AddRow(params ReadOnlySpan<SheetCell> cells)
    {
        if (cells.Length > _columns.Count || _row >= RowsMax)
        {
            throw new ArgumentException($"A row of {cells.Length} cells does not fit into {_columns.Count} columns and {RowsMax} rows.", nameof(cells));
        }

        Write(cells, style: null);
    }

    internal void Finish()
    {
        if (_isFinished)
        {
            return;
        }

        _isFinished = true;
        _writer.WriteEndElement();
        if (_columns.Count > 0)
        {
            _writer.WriteElement(new AutoFilter { Reference = $"A{_headerRow}:{_letters[^1]}{Math.Max(_row, _headerRow)}" });
        }

        _writer.WriteElement(new PageMargins { Left = 0.4, Right = 0.4, Top = 0.6, Bottom = 0.6, Header = 0.3, Footer = 0.3 });
        _writer.WriteElement(new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToHeight = 0 });
        _writer.WriteElement(new HeaderFooter(new OddFooter("&P / &N")));
        _writer.WriteEndElement();
        _writer.Dispose();
    }

    private void Write(ReadOnlySpan<SheetCell> cells, uint? style)
    {
        ObjectDisposedException.ThrowIf(_isFinished, this);
        _row++;
        string number = _row.ToString(CultureInfo.InvariantCulture);
        _writer.WriteStartElement(new Row { RowIndex = (uint)_row });
        for (int i = 0; i < cells.Length; i++)
        {
            Write(cells[i], (i < _letters.Length ? _letters[i] : CellReference.ColumnName(i)) + number, style ?? WorkbookStyles.Of(cells[i]));
        }

        _writer.WriteEndElement();
    }

    private void Write(SheetCell cell, string reference, uint style)
    {
        switch (cell.Kind)
        {
            case SheetCellKind.Blank:
                return;
            case SheetCellKind.Text:
                _writer.WriteElement(new Cell(new InlineString(new Text(SheetText.Encode(cell.Content!)) { Space = SpaceProcessingModeValues.Preserve }))
                {
                    CellReference = reference, StyleIndex = style, DataType = CellValues.InlineString,
                });
                return;
            default:
                _writer.WriteElement(new Cell(new CellValue(cell.Amount.ToString(CultureInfo.InvariantCulture))) { CellReference = reference, StyleIndex = style });
                return;
        }
    }
}
