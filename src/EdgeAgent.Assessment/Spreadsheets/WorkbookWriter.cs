using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using EdgeAgent.Core.Spreadsheets;

namespace EdgeAgent.Assessment.Spreadsheets;

/// <summary>Writes an XLSX file row by row. The same rows give the same bytes.</summary>
/// <remarks>Sheets are written one after the other: adding one ends the one before. Not safe for concurrent use.</remarks>
public sealed class WorkbookWriter : IDisposable
{
    private const int SheetNameMax = 31;

    private readonly MemoryStream _package = new();
    private readonly SpreadsheetDocument _document;
    private readonly WorkbookPart _workbook;
    private readonly List<(string Name, string Id, int Columns, int HeaderRow)> _sheets = [];
    private SheetWriter? _open;
    private bool _isSaved;

    public WorkbookWriter()
    {
        _document = SpreadsheetDocument.Create(_package, SpreadsheetDocumentType.Workbook);
        _workbook = _document.AddWorkbookPart();
        _workbook.AddNewPart<WorkbookStylesPart>("rIdStyles").Stylesheet = WorkbookStyles.Create();
    }

    /// <summary>Ends the sheet before and begins one with a header row that stays in view and can be filtered.</summary>
    /// <param name="name">Characters that a sheet's name cannot have are replaced; 31 characters at most.</param>
    /// <param name="title">Lines above the header, for instance of which enterprise and instant the sheet is.</param>
    public SheetWriter AddSheet(string name, IReadOnlyList<SheetColumn> columns, params IReadOnlyList<string> title)
    {
        ObjectDisposedException.ThrowIf(_isSaved, this);
        _open?.Finish();
        string id = $"rIdSheet{_sheets.Count + 1}";
        WorksheetPart part = _workbook.AddNewPart<WorksheetPart>(id);
        _sheets.Add((Unique(name), id, columns.Count, title.Count + 1));
        _open = new SheetWriter(part, columns, title);
        return _open;
    }

    /// <summary>Ends the workbook and gives its bytes; nothing can be added afterwards.</summary>
    /// <exception cref="InvalidOperationException">There is no sheet.</exception>
    public byte[] ToBytes()
    {
        ObjectDisposedException.ThrowIf(_isSaved, this);
        if (_sheets.Count == 0)
        {
            throw new InvalidOperationException("A workbook needs a sheet at least.");
        }

        _open?.Finish();
        _isSaved = true;
        _workbook.Workbook = new Workbook(
            new Sheets(_sheets.Select((sheet, i) => new Sheet { Name = sheet.Name, SheetId = (uint)(i + 1), Id = sheet.Id })),
            new DefinedNames(_sheets.Select((sheet, i) => new DefinedName($"'{sheet.Name.Replace("'", "''", StringComparison.Ordinal)}'!$1:${sheet.HeaderRow}")
            {
                // The header on top of every printed page.
                Name = "_xlnm.Print_Titles", LocalSheetId = (uint)i,
            })));
        _document.Dispose();
        _package.Position = 0;
        return OfficePackage.Normalize(_package);
    }

    public void Dispose()
    {
        if (!_isSaved)
        {
            _open?.Finish();
            _document.Dispose();
            _isSaved = true;
        }
    }

    private string Unique(string name)
    {
        string clean = string.Concat(SheetText.Encode(name).Select(c => c is '[' or ']' or ':' or '*' or '?' or '/' or '\\' || char.IsControl(c) ? ' ' : c)).Trim(' ', '\'');
        clean = clean.Length == 0 ? "Sheet" : clean.Length > SheetNameMax ? clean[..SheetNameMax] : clean;
        string unique = clean;
        for (int i = 2; _sheets.Any(s => s.Name.Equals(unique, StringComparison.OrdinalIgnoreCase)); i++)
        {
            string suffix = $" ({i})";
            unique = clean[..Math.Min(clean.Length, SheetNameMax - suffix.Length)] + suffix;
        }

        return unique;
    }
}
