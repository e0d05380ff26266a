using System.IO.Compression;
using System.Xml;

namespace EdgeAgent.Core.Spreadsheets;

/// <summary>Reads the cells of an XLSX file row by row; whatever the bytes are, it ends with rows or with a <see cref="WorkbookException"/>.</summary>
/// <remarks>Reads the XML itself (ECMA-376 part 1, chapter 18) rather than through the library that writes: files come from strangers, and
/// how much they unpack to and how deep they go must be bounded. Not safe for concurrent use.</remarks>
public sealed class WorkbookReader : IDisposable
{
    /// <summary>More columns than any table has; what lies beyond is a wrong file.</summary>
    public const int ColumnsMax = 512;

    public const int FileBytesMax = 64 * 1024 * 1024;

    /// <summary>A ledger of 200,000 rows with long cells unpacks to less.</summary>
    private const long UnpackedBytesMax = 1024L * 1024 * 1024;

    private const string Expected = "an .xlsx file as a spreadsheet saves it";
    private static readonly byte[] CompoundFile = [0xD0, 0xCF, 0x11, 0xE0];

    private readonly ZipArchive _archive;
    private readonly UnpackBudget _budget = new(UnpackedBytesMax);
    private readonly WorkbookParts _parts;
    private readonly SheetReader _reader;

    private WorkbookReader(ZipArchive archive)
    {
        _archive = archive;
        _parts = WorkbookParts.Read(OpenPart);
        SharedTexts shared = _parts.SharedTexts is { } texts ? SharedTexts.Read(Required(texts)) : SharedTexts.None;
        DateFormats formats = _parts.Styles is { } styles ? DateFormats.Read(Required(styles)) : DateFormats.None;
        _reader = new SheetReader(shared, formats, _parts.Since1904);
    }

    /// <summary>Names of the sheets, in their order.</summary>
    public IReadOnlyList<string> SheetNames => [.. _parts.Sheets.Select(s => s.Name)];

    /// <summary>Whether nobody who opens the workbook sees the sheet.</summary>
    /// <param name="sheet">Index into <see cref="SheetNames"/>.</param>
    public bool IsHidden(int sheet) => _parts.Sheets[sheet].IsHidden;

    /// <summary>Whether dates are counted from 1904.</summary>
    public bool Since1904 => _parts.Since1904;

    /// <exception cref="WorkbookException">The bytes are no workbook.</exception>
    public static WorkbookReader Open(byte[] file)
    {
        if (file.Length > FileBytesMax)
        {
            throw new WorkbookException("it is too large", $"at most {FileBytesMax / 1024 / 1024} MiB");
        }

        if (file.AsSpan().StartsWith(CompoundFile))
        {
            throw new WorkbookException("it is an .xls file of an old Excel, or protected by a password", "an .xlsx file without password: open it and save it as .xlsx");
        }

        return Guarded(() =>
        {
            ZipArchive archive = new(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            try
            {
                return new WorkbookReader(archive);
            }
            catch
            {
                archive.Dispose();
                throw;
            }
        });
    }

    /// <summary>Whether bytes begin like a package (XLSX) rather than like text.</summary>
    public static bool IsPackage(ReadOnlySpan<byte> file) => file.StartsWith("PK"u8) || file.StartsWith(CompoundFile);

    /// <summary>The rows of a sheet that have content. Ends with a <see cref="WorkbookException"/> where the sheet is damaged.</summary>
    /// <param name="sheet">Index into <see cref="SheetNames"/>.</param>
    public IEnumerable<ReadRow> ReadRows(int sheet)
    {
        using IEnumerator<ReadRow> rows = Guarded(() => _reader.Rows(Required(_parts.Sheets[sheet].Part)).GetEnumerator());
        while (Guarded(rows.MoveNext))
        {
            yield return rows.Current;
        }
    }

    /// <summary>Merged cells of a sheet.</summary>
    public IReadOnlyList<MergedCells> ReadMerges(int sheet) => Guarded(() => SheetReader.Merges(Required(_parts.Sheets[sheet].Part)));

    public void Dispose() => _archive.Dispose();

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new WorkbookException($"it cannot be read: {e.Message}", Expected, e);
        }
    }

    private XmlReader Required(string part) => OpenPart(part) ?? throw new WorkbookException($"its part {part} is missing", Expected);

    private XmlReader? OpenPart(string part) => _archive.GetEntry(part) is { } entry
        ? XmlReader.Create(new LimitedStream(entry.Open(), _budget), WorkbookXml.Settings)
        : null;
}
